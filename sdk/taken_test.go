package sdk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A ward is a rule on a table, or on what a plugin makes like one.
type ward struct {
	Of   sdk.Ref `whimbrel:"of" kinds:"model,other.view" doc:"What it is on."`
	Name string  `whimbrel:"name" names:"rule" doc:"Its name."`
}

// A wire is a publication: no table and no schema has its name.
type wire struct {
	Of   sdk.ModelRef `whimbrel:"of" doc:"The model whose rows it sends."`
	Name string       `whimbrel:"name" names:"publication" doc:"Its name."`
}

// taken returns the names that the first object of a plugin takes.
func taken(t *testing.T, part sdk.Part, kind, attrs string, more ...*sdk.Object) []string {
	t.Helper()
	o := &sdk.Object{Address: address.New(kind, "shop", "one"), Attrs: []byte(attrs)}
	result, err := sdk.Define("x", "1.0.0", "X.", part).Detect(t.Context(), sdk.Pass{
		From: state.New(), To: shopOf(pizzas, append(more, o)...), Changes: []sdk.Change{{Change: state.Change{After: o}}},
	})
	require.NoError(t, err)
	require.Empty(t, detect.Check(sdk.Define("x", "1.0.0", "X.", part).Manifest(), sdk.Pass{Changes: made(o)}, result))
	return result.Operations[0].Takes
}

// Rules have their names on a table for themselves, whatever block they are.
func TestNamesOfWhatIsOnATable(t *testing.T) {
	t.Parallel()
	rules := sdk.AppBlock("ward", "A rule.", sdk.Recreated(func(o *sdk.Declared[ward]) sdk.Script {
		return sdk.Script{Create: []string{"CREATE RULE " + o.Name()}, Drop: []string{"DROP RULE " + o.Name()}}
	}))
	view := &sdk.Object{Address: address.New("other.view", "shop", "cheap"), Attrs: []byte(`{"name":"cheap","schema":"menu"}`)}
	require.Equal(t, []string{operation.Name("rule", "public", "pizza", "one")},
		taken(t, rules, "x.ward", `{"name":"one","of":{"$ref":"model shop.pizza"}}`))
	require.Equal(t, []string{operation.Name("rule", "menu", "cheap", "one")},
		taken(t, rules, "x.ward", `{"name":"one","of":{"$ref":"other.view shop.cheap"}}`, view))
	wires := sdk.AppBlock("wire", "A publication.", sdk.Recreated(func(o *sdk.Declared[wire]) sdk.Script {
		return sdk.Script{Create: []string{"CREATE PUBLICATION " + o.Name()}, Drop: []string{"DROP PUBLICATION " + o.Name()}}
	}))
	require.Equal(t, []string{operation.Name("publication", "", "one")},
		taken(t, wires, "x.wire", `{"name":"one","of":{"$ref":"model shop.pizza"}}`))
}
