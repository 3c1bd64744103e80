package project

import (
	"context"
	"sync"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/simulation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Plan is migrations that are not written yet, those of all apps in the order in
// which they build on one another. It is empty if nothing has changed.
type Plan struct {
	Migrations []*migration.Migration

	project *Project
}

// PlanOptions say how migrations are named and who answers questions.
type PlanOptions struct {
	// Name is that of the migrations. Empty: one that says what they do.
	Name    string
	Answers Answers
	// Questioner returns who is asked what Answers leave open, given the state that
	// is wanted. Nil, or a nil Questioner: an open question is an error that names
	// the answer to give.
	Questioner func(wanted *state.State) autodetector.Questioner
	// Spelling is how a database writes the bodies of functions that it has already.
	Spelling Spelling
	// Online is how what is done to tables that are there is planned.
	Online Online
	// Cached: where nothing had changed, and everything is as it was then, nothing is
	// looked at again.
	Cached bool
}

// Plan returns the migrations that models and history ask for.
func (p *Project) Plan(ctx context.Context, options PlanOptions) (*Plan, error) {
	if !options.Cached {
		return p.plan(ctx, options)
	}
	unchanged := p.verdict()
	if options.Answers.None() && unchanged.holds() {
		return &Plan{project: p}, nil
	}
	plan, err := p.plan(ctx, options)
	if err == nil && len(plan.Migrations) == 0 && !p.warned {
		unchanged.keep()
	}
	return plan, err
}

func (p *Project) plan(ctx context.Context, options PlanOptions) (*Plan, error) {
	input, history, err := p.input(ctx, options.Answers.renames()...)
	if err != nil {
		return nil, err
	}
	input.Declaration.State = options.Spelling.of(input.Declaration.State, input.From)
	said, err := p.checks(ctx, input.Declaration)
	if err == nil {
		err = said.Err()
	}
	if err != nil {
		return nil, err
	}
	p.warn(said)
	p.warn(p.retire(input.From))
	input.Plugins, input.Validated = p.plugins.detectors(), len(p.plugins.retired) == 0
	input.Foreign, input.Reader = p.plugins.foreign(), parser.New(p.plugins.host.Texts())
	input.Retired, input.Made = []string{p.options.Retire}, origins(history)
	input.Names = func() (*simulation.Catalog, error) { return names(history) }
	if input.Answers, err = options.Answers.parse(input.Declaration.State); err != nil {
		return nil, err
	}
	input.Online = options.Online.is(p.file.Online)
	if options.Questioner != nil {
		input.Questioner = options.Questioner(input.Declaration.State)
	}
	plan, found, err := autodetector.Run(ctx, input)
	if err == nil {
		err = found.Err()
	}
	if err != nil {
		return nil, err
	}
	p.warn(found)
	return p.draft(plan.Steps, history, input.From, options.Name)
}

// input returns the two states and the detectors, and the history that the first
// state is of.
func (p *Project) input(ctx context.Context, answered ...[2]string) (autodetector.Input, *migration.History, error) {
	var input autodetector.Input
	shop, err := p.open(ctx)
	if err != nil {
		return input, nil, err
	}
	past := p.past()
	if input.Declaration, err = p.declaration(ctx, past.state, answered...); err != nil {
		return input, nil, err
	}
	if err := p.inUse(input.Declaration); err != nil {
		return input, nil, err
	}
	if past.err != nil {
		return input, nil, past.err
	}
	p.warn(past.found)
	input.From = past.state
	input.Renamed = func() (map[address.Address]address.Address, error) { return migration.Renamed(past.history.Graph) }
	input.Detectors, input.Plugins, input.Configs, input.Validated = builtin.Detectors(), shop.detectors(), p.configs(), true
	return input, past.history, nil
}

// origins returns how objects were made, as far as the migrations say. They are
// replayed for it when it is needed.
func origins(h *migration.History) func(address.Address) (migration.Origin, error) {
	known := sync.OnceValues(func() (*migration.Origins, error) {
		return migration.NewOrigins(h.Graph, func(kind string) bool {
			_, owned := detect.Plugin(kind)
			return owned
		})
	})
	return func(a address.Address) (migration.Origin, error) {
		origins, err := known()
		if err != nil {
			return migration.Origin{}, err
		}
		return origins.Of(a)
	}
}
