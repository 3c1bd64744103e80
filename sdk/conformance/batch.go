package conformance

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// batches checks that the changes of a pass can be divided between calls: whole
// models, in any number of batches.
func (t *trial) batches(ctx context.Context, way string, pass detect.Pass, whole string, check string) {
	groups := byModel(pass)
	if t.Detector.Manifest().Locality != detect.PerModel || len(groups) < 2 {
		return
	}
	random := rand.New(rand.NewPCG(uint64(len(groups)), 2))
	random.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	for _, count := range slices.Compact([]int{2, random.IntN(len(groups)-1) + 2, len(groups)}) {
		var union detect.Result
		for i := range count {
			answer, err := t.Detector.Detect(ctx, joined(pass, groups[i*len(groups)/count:(i+1)*len(groups)/count]))
			if err != nil {
				t.wrong(check, "from %s: divided into %d batches it fails: %v", way, count, err)
				return
			}
			union.Operations = append(union.Operations, answer.Operations...)
			union.Facts = append(union.Facts, answer.Facts...)
			union.Questions = append(union.Questions, answer.Questions...)
			union.Diagnostics = append(union.Diagnostics, answer.Diagnostics...)
		}
		if canonical(union) != whole {
			t.wrong(check, "from %s: divided into %d batches it answers otherwise: %s", way, count, difference(whole, canonical(union)))
			return
		}
	}
}

// A group is what belongs to one model.
type group struct {
	model    string
	changes  []detect.Change
	observed []operation.Operation
}

// byModel divides what a pass is about by the model in the addresses.
func byModel(pass detect.Pass) []group {
	var groups []group
	of := func(a address.Address) *group {
		names := a.Names()
		model := address.New("", names[:min(2, len(names))]...).Path()
		i := slices.IndexFunc(groups, func(g group) bool { return g.model == model })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{model: model})
		}
		return &groups[i]
	}
	for _, change := range pass.Changes {
		g := of(change.Address())
		g.changes = append(g.changes, change)
	}
	for _, op := range pass.Observed {
		g := of(op.Target)
		g.observed = append(g.observed, op)
	}
	return groups
}

// joined returns the pass about some groups.
func joined(pass detect.Pass, groups []group) detect.Pass {
	pass.Changes, pass.Observed = nil, nil
	for _, g := range groups {
		pass.Changes = append(pass.Changes, g.changes...)
		pass.Observed = append(pass.Observed, g.observed...)
	}
	slices.SortStableFunc(pass.Changes, func(a, b detect.Change) int { return address.Compare(a.Address(), b.Address()) })
	slices.SortStableFunc(pass.Observed, func(a, b operation.Operation) int { return address.Compare(a.Target, b.Target) })
	return pass
}
