package cli

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
)

// A planning is the way from model files to migrations that are not written yet.
type planning struct {
	*session
	answers answers
	name    string // of the migrations; empty: one that says what they do
	project source.Project
	retired string // a plugin that is given up; empty: none

	workspace *workspace
	history   history
	from      *state.State
	plan      autodetector.Plan
	made      []*migration.Migration
}

// run makes the migrations that models and history ask for.
func (p *planning) run(ctx context.Context) error {
	w, err := p.openProject(ctx, p.project, plugins.Options{})
	if err != nil {
		return err
	}
	defer w.close()
	p.workspace = w
	declaration, err := p.declared(ctx, w)
	if err != nil {
		return err
	}
	if err := p.inUse(declaration); err != nil {
		return err
	}
	if err := p.replay(); err != nil {
		return err
	}
	p.warn(w.retire(p.from, p.retired))
	given, err := p.answers.parse(declaration.State)
	if err != nil {
		return err
	}
	plan, found, err := autodetector.Run(ctx, autodetector.Input{
		From: p.from, Declaration: declaration,
		Detectors: builtin.Detectors(), Plugins: w.plugins(), Configs: w.configs(),
		Answers: given, Questioner: p.questioner(declaration.State), Made: p.makings(), Retired: []string{p.retired},
	})
	if err == nil {
		err = found.Err()
	}
	if err != nil {
		return err
	}
	p.warn(found)
	p.plan = plan
	return p.build()
}

// replay sets the state that the migrations so far lead to.
func (p *planning) replay() error {
	h, err := p.readHistory(p.workspace.project, migration.Load)
	if err != nil {
		return err
	}
	p.history = h
	p.from, err = migration.Replay(h.graph)
	return err
}

// questioner returns who is asked, nil if nobody can be.
func (p *planning) questioner(wanted *state.State) autodetector.Questioner {
	if p.answers.noInput || !p.InTerminal || !p.ErrTerminal {
		return nil
	}
	return newPrompt(p.In, p.err(), wanted)
}

// build makes a migration of each step of the plan.
func (p *planning) build() error {
	now, err := p.now()
	if err != nil {
		return err
	}
	newest := p.heads()
	var taken []string
	for _, step := range p.plan.Steps {
		id := p.history.graph.NewID(now, p.slug(step, newest), taken...)
		m := &migration.Migration{
			ID: id, App: step.App, Parents: p.parents(step, newest), Operations: step.Operations,
			Version: release, Detectors: p.workspace.versions(step.Operations),
		}
		if m.StateHash, err = p.stateHash(m); err != nil {
			return err
		}
		p.made, taken = append(p.made, m), append(taken, id)
		newest[step.App] = id
	}
	return nil
}

// heads returns the last migration of each app that has one.
func (p *planning) heads() map[string]string {
	newest := map[string]string{}
	for _, app := range p.history.apps {
		for _, head := range p.history.graph.Heads(app.Label) {
			newest[app.Label] = head.ID
		}
	}
	return newest
}

func (p *planning) slug(step autodetector.Step, newest map[string]string) string {
	switch {
	case p.name != "":
		return p.name
	case newest[step.App] == "":
		return migration.Initial
	}
	return migration.SuggestName(step.Operations)
}

// parents returns what a step builds on: the last migration of its own app, then
// those of other apps.
func (p *planning) parents(step autodetector.Step, newest map[string]string) []string {
	var own, others []string
	if id := newest[step.App]; id != "" {
		own = []string{id}
	}
	for _, earlier := range step.After {
		if m := p.made[earlier]; m.App != step.App {
			others = append(others, m.ID)
		}
	}
	for _, app := range step.Reads {
		for _, head := range p.history.graph.Heads(app) {
			others = append(others, head.ID)
		}
	}
	slices.Sort(others)
	return append(own, slices.Compact(others)...)
}

// stateHash returns the hash of the state that a new migration and all that it
// builds on replay to.
func (p *planning) stateHash(m *migration.Migration) (string, error) {
	below := map[string]bool{}
	p.ancestors(m.Parents, below)
	builder := state.NewBuilder(nil)
	if p.all(below) {
		builder = state.NewBuilder(p.from)
	} else if err := replayAll(p.history.graph.Ancestors(keys(below)...), builder); err != nil {
		return "", err
	}
	var earlier []*migration.Migration
	for _, other := range p.made {
		if below[other.ID] {
			earlier = append(earlier, other)
		}
	}
	if err := replayAll(append(earlier, m), builder); err != nil {
		return "", err
	}
	return builder.Build().Hash(), nil
}

// ancestors adds new migrations, and the ones of the history that they stand on.
func (p *planning) ancestors(ids []string, found map[string]bool) {
	for _, id := range ids {
		if found[id] {
			continue
		}
		found[id] = true
		for _, m := range p.made {
			if m.ID == id {
				p.ancestors(m.Parents, found)
			}
		}
	}
}

// all reports whether all of the history is below the given migrations.
func (p *planning) all(below map[string]bool) bool {
	return len(p.history.graph.Ancestors(keys(below)...)) == len(p.history.graph.Migrations())
}

func replayAll(list []*migration.Migration, builder *state.Builder) error {
	for _, m := range list {
		if err := m.Replay(builder); err != nil {
			return err
		}
	}
	return nil
}

func keys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for key := range set {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}
