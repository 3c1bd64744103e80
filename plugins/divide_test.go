package plugins

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// shop is a state of models, each with two fields and a rule that refers to the
// first field of the next model, and one object of a kind that manifests read.
func shop(models int) *state.State {
	var objects []*state.Object
	add := func(a, parent address.Address, refs ...state.Reference) {
		attrs := fmt.Appendf(nil, `{"text":"%0200d"}`, len(objects))
		objects = append(objects, &state.Object{Address: a, Parent: parent, Attrs: attrs, Refs: refs})
	}
	for i := range models {
		model := address.New("model", "shop", fmt.Sprintf("m%05d", i))
		next := address.New("field", "shop", fmt.Sprintf("m%05d", (i+1)%models), "a")
		add(model, address.Address{})
		add(model.Child("field", "a"), model)
		add(model.Child("field", "b"), model)
		add(model.Child("rls.rule", "r"), model, state.Reference{Target: next, Aspects: state.Exists})
	}
	add(address.New("extension", "hstore"), address.Address{})
	return state.New(objects...)
}

// rules is a pass in which every model gets its rule.
func rules(models int) detect.Pass {
	pass := detect.Pass{To: shop(models)}
	var before []*state.Object
	for o := range pass.To.All() {
		if o.Address.Kind() == "rls.rule" {
			pass.Changes = append(pass.Changes, detect.Change{Change: state.Change{After: o}})
		} else {
			before = append(before, o)
		}
	}
	pass.From = state.New(before...)
	return pass
}

func TestDivide(t *testing.T) {
	t.Parallel()
	pass := rules(3000)
	manifest := &detect.Manifest{Name: "rls", Reads: []string{"extension"}}
	batches := divide(manifest, pass)
	require.Greater(t, len(batches), 2)
	var changes []detect.Change
	for _, batch := range batches {
		require.Less(t, proto.Size(protocol.ToPass(batch)), 2*batchSize)
		require.True(t, batch.To.Has(address.New("extension", "hstore")))
		for _, change := range batch.Changes {
			requireSurroundings(t, batch, change.After)
		}
		changes = append(changes, batch.Changes...)
	}
	require.Equal(t, pass.Changes, changes)
}

// requireSurroundings requires that a pass holds what belongs to an object.
func requireSurroundings(t *testing.T, pass detect.Pass, o *state.Object) {
	for _, s := range []*state.State{pass.From, pass.To} {
		require.True(t, s.Has(o.Parent), "its parent")
		require.Len(t, s.Children(o.Parent, "field"), 2, "its siblings")
		target := o.Refs[0].Target
		require.True(t, s.Has(target), "what it refers to")
		model := s.Get(target).Parent
		require.True(t, s.Has(model), "the model of that")
		require.Len(t, s.Children(model, "field"), 2, "and the other fields of that")
	}
}

func TestDivideKeepsTogether(t *testing.T) {
	t.Parallel()
	require.Len(t, divide(&detect.Manifest{Locality: detect.Whole}, rules(3000)), 1, "what wants to see everything")
	require.Len(t, divide(&detect.Manifest{}, rules(100)), 1, "what is small")
}

func TestDivideLeavesOutWhatNoChangeNeeds(t *testing.T) {
	t.Parallel()
	pass := rules(3000)
	pass.Changes = pass.Changes[:1]
	batches := divide(&detect.Manifest{}, pass)
	require.Len(t, batches, 1)
	require.Equal(t, 8, batches[0].To.Len(), "the model and the one that its rule refers to")
	requireSurroundings(t, batches[0], pass.Changes[0].After)
}

func TestDividedAnswersAreThoseOfTheWhole(t *testing.T) {
	t.Parallel()
	pass := rules(3000)
	whole, err := describing(t.Context(), pass)
	require.NoError(t, err)
	var parts []detect.Result
	for _, batch := range divide(&detect.Manifest{}, pass) {
		part, err := describing(t.Context(), batch)
		require.NoError(t, err)
		slices.Reverse(part.Operations) // order has no meaning
		parts = append(parts, part)
	}
	slices.Reverse(parts)
	want, err := json.Marshal(merge([]detect.Result{whole}))
	require.NoError(t, err)
	have, err := json.Marshal(merge(parts))
	require.NoError(t, err)
	require.Equal(t, string(want), string(have))
}

// describing is a detector that looks at everything it may.
func describing(_ context.Context, pass detect.Pass) (detect.Result, error) {
	var result detect.Result
	for _, change := range pass.Changes {
		target := pass.To.Get(change.After.Refs[0].Target)
		siblings := pass.To.Children(target.Parent)
		result.Operations = append(result.Operations, operation.Operation{
			Kind: "rls.create_rule", Target: change.Address(), Summary: string(siblings[1].Attrs),
		})
	}
	return result, nil
}

func TestParentsThatGoRoundEnd(t *testing.T) {
	t.Parallel()
	a, b := address.New("model", "x", "a"), address.New("model", "x", "b")
	s := state.New(
		&state.Object{Address: a, Parent: b, Attrs: []byte("{}")},
		&state.Object{Address: b, Parent: a, Attrs: []byte("{}")})
	change := detect.Change{Change: state.Change{After: s.Get(a)}}
	part := divide(&detect.Manifest{}, detect.Pass{From: s, To: s, Changes: []detect.Change{change}})[0]
	require.Equal(t, 2, part.To.Len())
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	require.Equal(t, `a\u001b[31mb\u202ec`+"\tü", printable("a\x1b[31mb\u202ec\tü\r\n"))
	require.Len(t, printable(string(make([]byte, 10))), 60)
	require.Equal(t, keptBytes+len("..."), len(printable(fmt.Sprintf("%05000d", 1))))
}
