package autodetector

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// alikeness says of each pair how alike its objects are: by the manifest of their
// kind, or by its owner's judgement. All pairs are of one kind.
func (d *renamer) alikeness(ctx context.Context, pairs []detect.Pair) (map[detect.Pair]detect.Alikeness, error) {
	found := make(map[detect.Pair]detect.Alikeness, len(pairs))
	if len(pairs) == 0 {
		return found, nil
	}
	kind, known := d.owners.kinds[pairs[0].Before.Address.Kind()]
	if known && kind.Likeness == detect.Judged {
		return d.judged(ctx, kind, pairs)
	}
	for _, p := range pairs {
		if known && kind.Likeness != detect.Never && state.SameBut(p.Before, p.After, kind.Naming...) {
			found[p] = unjudged[kind.Likeness]
		}
	}
	return found, nil
}

// unjudged is how alike objects are that differ in nothing but their names.
var unjudged = map[detect.Likeness]detect.Alikeness{detect.Asked: detect.Alike, detect.Sure: detect.Equal}

// judged asks the owner of a kind.
func (d *renamer) judged(ctx context.Context, kind detect.Kind, pairs []detect.Pair) (map[detect.Pair]detect.Alikeness, error) {
	owner := d.owners.detectors[d.owners.byKind[kind.Name]]
	judge, ok := detect.AsJudge(owner)
	if !ok {
		return nil, detect.ValidateAbilities(owner).Err()
	}
	verdicts, err := judge.Judge(ctx, d.comparison(owner.Manifest(), pairs))
	if err != nil {
		return nil, fmt.Errorf("detector %q: %w", owner.Manifest().Name, err)
	}
	if len(verdicts) != len(pairs) {
		return nil, fmt.Errorf("detector %q judged %d pairs of %d", owner.Manifest().Name, len(verdicts), len(pairs))
	}
	found := make(map[detect.Pair]detect.Alikeness, len(pairs))
	for i, p := range pairs {
		found[p] = verdicts[i]
	}
	return found, nil
}

// comparison is what a judge is shown.
func (d *renamer) comparison(m *detect.Manifest, pairs []detect.Pair) detect.Comparison {
	changes := make([]detect.Change, 0, 2*len(pairs))
	for _, p := range pairs {
		changes = append(changes, detect.Change{Change: state.Change{Before: p.Before}}, detect.Change{Change: state.Change{After: p.After}})
	}
	return detect.Comparison{From: d.slice(d.from, m, changes, nil), To: d.slice(d.to, m, changes, nil), Pairs: pairs}
}
