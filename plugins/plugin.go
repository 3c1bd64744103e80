package plugins

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A plugin is an opened plugin, a detect.Detector. It is a detect.Upgrader, a
// detect.Inspector, a detect.Judge and a detect.Checker too: its manifest says whether that leads
// anywhere.
type plugin struct {
	spec     Spec
	options  Options
	starts   *atomic.Int64
	results  *results
	manifest *detect.Manifest
	sum      string // SHA-256 of the executable; empty if it is this program
	script   bool   // what it does is not in the executable alone

	rooms []string // of processes of a third party that were started

	mu     sync.Mutex
	conn   connection // nil: not connected
	closed bool
}

// Manifest returns the manifest, which Open has read.
func (p *plugin) Manifest() *detect.Manifest { return p.manifest }

func (p *plugin) unusable() bool { return p.manifest == nil }

// Detect calls the plugin, in several calls where the pass is large, and checks
// the answers.
func (p *plugin) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	if len(pass.Config) == 0 {
		pass.Config = p.spec.Config
	}
	return p.all(ctx, divide(p.manifest, pass))
}

// maxInFlight is how many calls a plugin gets at once.
const maxInFlight = 4

// all detects in all passes, several at a time. Of several failures the first
// counts: others can be what came of it.
func (p *plugin) all(ctx context.Context, passes []detect.Pass) (detect.Result, error) {
	answers := make([]detect.Result, len(passes))
	failed := make(chan error, maxInFlight)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(len(passes), maxInFlight) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(passes); i = int(next.Add(1)) - 1 {
				answer, err := p.detect(ctx, &batch{pass: passes[i]})
				if err != nil {
					next.Store(int64(len(passes)))
					failed <- err
					return
				}
				answers[i] = answer
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return detect.Result{}, err
	default:
		return merge(answers), nil
	}
}

// detect makes one call, or takes the answer of an earlier one, and checks it.
func (p *plugin) detect(ctx context.Context, b *batch) (detect.Result, error) {
	return remembered(p, detection(b), func() (detect.Result, error) {
		answer, err := call(ctx, p, len(b.pass.Changes), func(ctx context.Context, c connection) (detect.Result, error) {
			return c.Detect(ctx, b)
		})
		if err != nil {
			return detect.Result{}, err
		}
		if list := detect.Check(p.manifest, b.pass, answer); list.HasErrors() {
			return detect.Result{}, p.placed(list)
		}
		return answer, p.judgeSQL(answer)
	})
}

// Upgrade brings attributes into today's shape.
func (p *plugin) Upgrade(ctx context.Context, old []*state.Object) ([]json.RawMessage, error) {
	return remembered(p, upgrade(old), func() ([]json.RawMessage, error) {
		answer, err := call(ctx, p, len(old), func(ctx context.Context, c connection) ([]json.RawMessage, error) {
			return c.Upgrade(ctx, old)
		})
		if err != nil {
			return nil, err
		}
		return answer, p.judgeUpgrade(old, answer)
	})
}

// Inspect says which objects a database has. What a database answered is kept
// nowhere.
func (p *plugin) Inspect(ctx context.Context, catalog detect.Catalog) ([]*state.Object, error) {
	if len(catalog.Config) == 0 {
		catalog.Config = p.spec.Config
	}
	size := catalog.State.Len()
	for _, rows := range catalog.Rows {
		size += len(rows.Rows)
	}
	found, err := call(ctx, p, size, func(ctx context.Context, c connection) ([]*state.Object, error) {
		return c.Inspect(ctx, catalog)
	})
	if err == nil {
		err = p.judgeInspection(found)
	}
	if err != nil {
		return nil, err
	}
	return found, nil
}

// placed returns a list with the place of the plugin in the project file.
func (p *plugin) placed(list diag.List) diag.List {
	for i := range list {
		list[i].Range = p.spec.Range
	}
	return list
}
