package plugins

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// Check says what the plugin has to say of a wanted state, or what it said of an equal
// one before: then nothing is started. Where the executable is gone, that is a warning:
// what it has to say stops nothing that needs no answer of it.
func (p *plugin) Check(ctx context.Context, wanted detect.Wanted) (diag.List, error) {
	if len(wanted.Config) == 0 {
		wanted.Config = p.spec.Config
	}
	found, err := p.checked(ctx, wanted)
	if err != nil && p.spec.Absent != nil {
		gone := *p.spec.Absent
		gone.Severity = diag.Warning
		return diag.List{gone}, nil
	}
	return found, err
}

func (p *plugin) checked(ctx context.Context, wanted detect.Wanted) (diag.List, error) {
	return remembered(p, inspection(wanted), func() (diag.List, error) {
		found, err := call(ctx, p, wanted.State.Len(), func(ctx context.Context, c connection) (diag.List, error) {
			return c.Check(ctx, wanted)
		})
		if err != nil {
			return nil, err
		}
		if list := detect.CheckFindings(p.manifest, found); list.HasErrors() {
			return nil, p.placed(list)
		}
		return found, nil
	})
}
