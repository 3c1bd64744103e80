package sdktest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, noting(), grown()) }

// noting is a detector that uses every part of a result.
func noting() sdk.Detector {
	return sdk.New(sdk.Manifest{
		Name: "noting", Version: "1.0.0",
		Kinds:    []sdk.Kind{{Name: "noting.note"}},
		Emits:    []string{"noting.create_note", "noting.drop_note"},
		Produces: []string{"noting.seen"}, Consumes: []string{"default"},
	}, func(_ context.Context, pass sdk.Pass) (sdk.Result, error) {
		operations, err := sdk.Recreate(pass, "noting.note", func(_ *sdk.State, o *sdk.Object) (sdk.Script, error) {
			return sdk.Script{Create: []string{"CREATE " + sdk.Ident(o.Address.Name())}, Drop: []string{"DROP"}}, nil
		})
		for i := range operations {
			operations[i].Takes = []string{operation.Name("relation", "public", operations[i].Target.Name())}
			operations[i].Needs = []sdk.Need{{Verb: operation.Create, Object: operations[i].Target, Soft: true}}
			operations[i].Hazard = []sdk.Hazard{} // empty and absent are the same
			operations[i].Touches = []operation.Touch{{Object: operations[i].Target, Aspects: state.Exists | state.Type}}
		}
		return sdk.Result{
			Operations:  operations,
			Facts:       []sdk.Fact{{Name: "noting.seen", Subject: "x", Value: pass.Config}},
			Questions:   []sdk.Question{{Name: "default", Subject: "x", Text: "Which?"}},
			Diagnostics: diag.List{{Severity: diag.Note, Code: "N1", Summary: fmt.Sprint(pass.To.Len())}},
		}, err
	})
}

func TestEverywhereGivesTheSame(t *testing.T) {
	t.Parallel()
	sdktest.Everywhere(t, noting(), notes("a", 1), notes(`we"ird ☂ name`, 3), notes("many", 800))
}

// notes is a pass in which some notes come, one goes and one is to be made again.
func notes(prefix string, count int) detect.Pass {
	note := func(i int) *state.Object {
		return &state.Object{
			Address: address.New("noting.note", "app", fmt.Sprintf("%s%04d", prefix, i), "n"),
			Attrs:   fmt.Appendf(nil, `{"big":9007199254740993,"text":"<%02000d>"}`, i),
			Rank:    i,
		}
	}
	gone, kept := note(count+1), note(count+2)
	from, to := []*state.Object{gone, kept}, []*state.Object{kept}
	changes := []detect.Change{
		{Change: state.Change{Before: gone}},
		{Change: state.Change{Before: kept, After: kept}, Replace: true},
	}
	for i := range count {
		to = append(to, note(i))
		changes = append(changes, detect.Change{Change: state.Change{After: note(i)}})
	}
	return detect.Pass{From: state.New(from...), To: state.New(to...), Changes: changes, Config: []byte(`{"a":1}`)}
}
