package conformance

import (
	"context"
	"math/rand/v2"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// judgements has a detector that judges renames compare what the stages have, and
// again with the pairs in another order and one by one: the verdict on a pair
// depends on nothing but that.
func (t *trial) judgements(ctx context.Context, stages []stage) {
	judge, able := detect.AsJudge(t.Detector)
	if !able {
		return
	}
	for _, from := range stages {
		for _, to := range stages {
			c := detect.Comparison{From: from.declared.State, To: to.declared.State, Pairs: t.pairs(from, to)}
			if len(c.Pairs) > 0 && ctx.Err() == nil {
				t.judgement(ctx, judge, c, from.name+" to "+to.name)
			}
		}
	}
}

func (t *trial) judgement(ctx context.Context, judge detect.Judge, c detect.Comparison, way string) {
	verdicts, err := judge.Judge(ctx, c)
	if err != nil || len(verdicts) != len(c.Pairs) {
		t.wrong(determinismCheck, "from %s: it has %d verdicts on %d pairs of objects%s", way, len(verdicts), len(c.Pairs), but(err))
		return
	}
	said := map[detect.Pair]detect.Alikeness{}
	for i, pair := range c.Pairs {
		said[pair] = verdicts[i]
		if verdicts[i] < detect.Different || verdicts[i] > detect.Equal {
			t.wrong(determinismCheck, "from %s: %d is no verdict", way, verdicts[i])
		}
	}
	again := c
	again.Pairs = shuffledList(c.Pairs, rand.New(rand.NewPCG(uint64(len(c.Pairs)), 3)))
	t.sameVerdicts(ctx, judge, again, said, way)
	for _, pair := range c.Pairs[:min(most, len(c.Pairs))] {
		again.Pairs = []detect.Pair{pair}
		t.sameVerdicts(ctx, judge, again, said, way)
	}
}

func (t *trial) sameVerdicts(ctx context.Context, judge detect.Judge, c detect.Comparison, said map[detect.Pair]detect.Alikeness, way string) {
	verdicts, err := judge.Judge(ctx, c)
	for i, pair := range c.Pairs {
		if err != nil || len(verdicts) != len(c.Pairs) || verdicts[i] != said[pair] {
			t.wrong(determinismCheck, "from %s: its verdict on %s and %s is another one among other pairs%s", way, pair.Before.Address, pair.After.Address, but(err))
			return
		}
	}
}

// pairs returns the objects of two stages of which the detector judges whether one
// has become the other.
func (t *trial) pairs(from, to stage) []detect.Pair {
	var pairs []detect.Pair
	for _, kind := range t.Detector.Manifest().Kinds {
		if kind.Likeness != detect.Judged {
			continue
		}
		for before := range from.declared.State.All() {
			for after := range to.declared.State.All() {
				if before.Address.Kind() == kind.Name && after.Address.Kind() == kind.Name && before.Parent == after.Parent {
					pairs = append(pairs, detect.Pair{Before: before, After: after})
				}
			}
		}
	}
	return pairs
}
