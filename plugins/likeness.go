package plugins

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Judge says of pairs of objects how alike they are. A plugin that has no answer
// to that, whatever its manifest says, has its objects compared as those of a kind
// whose likeness is asked: the user decides, and nothing is dropped unasked.
func (p *plugin) Judge(ctx context.Context, comparison detect.Comparison) ([]detect.Alikeness, error) {
	return remembered(p, judgement(comparison), func() ([]detect.Alikeness, error) {
		verdicts, err := call(ctx, p, len(comparison.Pairs), func(ctx context.Context, c connection) ([]detect.Alikeness, error) {
			verdicts, err := c.Judge(ctx, comparison)
			if status.Code(err) == codes.Unimplemented {
				return p.asked(comparison.Pairs), nil
			}
			return verdicts, err
		})
		if err == nil {
			err = p.judgeVerdicts(comparison.Pairs, verdicts)
		}
		if err != nil {
			return nil, err
		}
		return verdicts, nil
	})
}

// asked returns the verdicts on pairs of kinds whose likeness is asked.
func (p *plugin) asked(pairs []detect.Pair) []detect.Alikeness {
	verdicts := make([]detect.Alikeness, len(pairs))
	for i, pair := range pairs {
		for _, kind := range p.manifest.Kinds {
			if kind.Name == pair.Before.Address.Kind() && state.SameBut(pair.Before, pair.After, kind.Naming...) {
				verdicts[i] = detect.Alike
			}
		}
	}
	return verdicts
}
