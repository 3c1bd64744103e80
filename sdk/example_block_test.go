package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Peak is what stands in peak "label" { ... } at the top of a model file.
type Peak struct {
	Of     sdk.Ref `whimbrel:"of,type,definition" kinds:"field" example:"pizza.price" doc:"The field whose highest value it shows."`
	Name   string  `whimbrel:"name" names:"relation" doc:"The name in the database."`
	Schema string  `whimbrel:"schema" names:"schema" doc:"The schema that it stands in."`
}

// newPeaks is a plugin with a block that stands by itself: a view of one value.
func newPeaks() sdk.Detector {
	return sdk.Define("peaks", "1.0.0", "Highest values.",
		sdk.AppBlock("peak", "A view of the highest value of a field.", sdk.Recreated(func(o *sdk.Declared[Peak]) sdk.Script {
			field := o.Options.Of
			return sdk.Script{
				Create: []string{"CREATE VIEW " + o.Qualified() + " AS SELECT max(" + o.NameOf(field) + ") AS peak FROM " + o.NameOf(o.PartOf(field))},
				Drop:   []string{"DROP VIEW " + o.Qualified()},
			}
		}), sdk.Alike(sdk.Asked)),
	)
}

// prices is a state with a model, a field and a peak.
func prices() (*sdk.State, *sdk.Object) {
	pizza := &sdk.Object{Address: address.New("model", "shop", "pizza"), Attrs: []byte(`{"schema":"public","table":"order"}`)}
	price := &sdk.Object{Address: pizza.Address.Child("field", "price"), Parent: pizza.Address, Attrs: []byte(`{"column":"price"}`)}
	peak := &sdk.Object{
		Address: address.New("peaks.peak", "shop", "dearest"),
		Attrs:   []byte(`{"name":"dearest","of":{"$ref":"field shop.pizza.price"},"schema":"public"}`),
	}
	return state.New(pizza, price, peak), peak
}

// A block that stands by itself.
func ExampleAppBlock() {
	s, peak := prices()
	result, err := newPeaks().Detect(context.Background(), sdk.Pass{
		From: state.New(), To: s, Changes: []sdk.Change{{Change: state.Change{After: peak}}},
	})
	fmt.Println(result.Operations[0].Up[0].SQL)
	fmt.Printf("%q\n", result.Operations[0].Takes)
	fmt.Println(newPeaks().Manifest().Kinds[0].Naming, err)
	// Output:
	// CREATE VIEW public.dearest AS SELECT max(price) AS peak FROM public."order"
	// ["relation\x00public\x00dearest"]
	// [name schema] <nil>
}

// A block of the project file, whose arguments name it and more that does not make
// it another thing.
func ExampleProjectBlock() {
	type Role struct {
		Name    string `whimbrel:"name" names:"role" doc:"The name in the database."`
		Comment string `whimbrel:"comment,optional" doc:"What it is for."`
	}
	detector := sdk.Define("roles", "1.0.0", "Roles.",
		sdk.ProjectBlock("role", "A role of the server.", sdk.Recreated(func(o *sdk.Declared[Role]) sdk.Script {
			return sdk.Script{Create: []string{"CREATE ROLE " + o.Name()}, Drop: []string{"DROP ROLE " + o.Name()}}
		}), sdk.Alike(sdk.Sure), sdk.Naming("comment")))
	kind := detector.Manifest().Kinds[0]
	fmt.Println(detector.Manifest().Options[0].On, kind.Likeness, kind.Naming)
	// Output: project sure [name comment]
}

// Types that fields can have.
func ExampleTypes() {
	type Flags struct {
		Values []string `whimbrel:"values" example:"[\"a\", \"b\"]" doc:"The values."`
		Name   string   `whimbrel:"name" names:"type" doc:"The name in the database."`
		Schema string   `whimbrel:"schema" names:"schema" doc:"The schema that it stands in."`
	}
	detector := sdk.Define("flags", "1.0.0", "Flags.",
		sdk.AppBlock("flags", "A type with values.", sdk.Recreated(func(o *sdk.Declared[Flags]) sdk.Script {
			return sdk.Script{Create: []string{"CREATE TYPE " + o.Qualified() + " AS ENUM ()"}, Drop: []string{"DROP TYPE " + o.Qualified()}}
		}), sdk.Types(sdk.TypeKind{Values: "values"})))
	fmt.Println(detector.Manifest().Kinds[0].Type.Values)
	// Output: values
}

// Whether one was renamed is for the plugin to say.
func ExampleJudgedBy() {
	detector := sdk.Define("peaks", "1.0.0", "Highest values.",
		sdk.AppBlock("peak", "A view.", sdk.Recreated(func(*sdk.Declared[Peak]) sdk.Script { return sdk.Script{} }),
			sdk.JudgedBy(func(before, after *sdk.Declared[Peak]) sdk.Alikeness {
				if before.NameOf(before.Options.Of) == after.NameOf(after.Options.Of) {
					return sdk.IsEqual
				}
				return sdk.IsDifferent
			})))
	s, peak := prices()
	found, err := detector.(detect.Judge).Judge(context.Background(), sdk.Comparison{
		From: s, To: s, Pairs: []detect.Pair{{Before: peak, After: peak}},
	})
	fmt.Println(found[0] == sdk.IsEqual, err)
	// Output: true <nil>
}

// What a database calls it leads to the block, and to what it is there.
func ExampleBlockOf() {
	s, _ := prices()
	found := sdk.BlockOf(s, "peaks.peak", "public", "dearest")
	o, err := sdk.ObjectOf("peaks.peak", found.Address, "", map[string]any{"name": "dearest", "schema": "public"})
	fmt.Println(o.Address, o.Parent.IsZero(), err)
	// Output: peaks.peak shop.dearest true <nil>
}

// Blocks of a kind that has an owner.
func ExampleBlocks_app() {
	kind := sdk.Kind{Name: "stats.correlated", Doc: "Extended statistics."}
	detector := sdk.Define("stats", "1.0.0", "Extended statistics.", sdk.Owns(kind, newStatistics), sdk.Blocks(sdk.Option{
		Name: "correlated", On: detect.OnModel, Kind: kind.Name, Doc: "Values that go together.", Labelled: true, Shape: sdk.ShapeOf[Statistics](),
	}))
	fmt.Println(detector.Manifest().Options[0].Shape.Attrs[1].Type)
	// Output: fields
}
