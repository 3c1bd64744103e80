package project

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A draft is the migrations of a plan while they are made.
type draft struct {
	history *migration.History
	from    *state.State // that the whole history leads to
	at      time.Time    // of the migrations
	name    string       // of the migrations; empty: what they do
	newest  map[string]string
	made    []*migration.Migration
}

// draft makes a migration of each step of a plan.
func (p *Project) draft(steps []autodetector.Step, h *migration.History, from *state.State, name string) (*Plan, error) {
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	d := &draft{history: h, from: from, at: now, name: name, newest: h.Newest()}
	for _, step := range steps {
		m := d.migration(step)
		m.Version, m.Detectors = p.options.Release, p.plugins.versions(step.Operations)
		if m.StateHash, err = d.stateHash(m); err != nil {
			return nil, err
		}
		d.made, d.newest[step.App] = append(d.made, m), m.ID
	}
	if err := checkWidths(h.Migrations(), d.made); err != nil {
		return nil, err
	}
	return &Plan{Migrations: d.made, project: p}, nil
}

// migration returns the migration of a step, without what says who made it.
func (d *draft) migration(step autodetector.Step) *migration.Migration {
	var taken []string
	continues := ""
	for _, m := range d.made {
		taken = append(taken, m.ID)
		if m.App == step.App {
			continues = m.ID
		}
	}
	return &migration.Migration{
		ID: d.history.NewID(d.at, d.unlike(d.slug(step), step.App), taken...), App: step.App, Parents: d.parents(step), Operations: step.Operations,
		Unproven: step.Unproven, Continues: continues,
	}
}

// unlike returns a slug with a number behind it where a migration of the same plan and
// app has it.
func (d *draft) unlike(slug, app string) string {
	slug = migration.Slug(slug)
	has := func(name string) bool {
		return slices.ContainsFunc(d.made, func(m *migration.Migration) bool {
			return m.App == app && strings.HasSuffix(m.ID, "_"+name) && len(m.ID) == stamp+len(name)
		})
	}
	name := slug
	for n := 2; has(name); n++ {
		tail := "_" + strconv.Itoa(n)
		name = slug[:min(len(slug), migration.MaxSlug-len(tail))] + tail
	}
	return name
}

// stamp is the length of the time in an ID, with the line behind it.
const stamp = 15

func (d *draft) slug(step autodetector.Step) string {
	switch {
	case d.name != "":
		return d.name
	case d.newest[step.App] == "":
		return migration.Initial
	}
	return migration.SuggestName(step.Operations)
}

// parents returns what a step builds on: the last migration of its own app, then
// those of other apps.
func (d *draft) parents(step autodetector.Step) []string {
	var own, others []string
	if id := d.newest[step.App]; id != "" {
		own = []string{id}
	}
	for _, earlier := range step.After {
		if m := d.made[earlier]; m.App != step.App {
			others = append(others, m.ID)
		}
	}
	for _, app := range step.Reads {
		for _, head := range d.history.Heads(app) {
			others = append(others, head.ID)
		}
	}
	slices.Sort(others)
	return append(own, slices.Compact(others)...)
}

// stateHash returns the hash of the state that a new migration and all that it
// builds on replay to.
func (d *draft) stateHash(m *migration.Migration) (string, error) {
	below := map[string]bool{}
	d.ancestors(m.Parents, below)
	old := d.history.Ancestors(slices.Sorted(maps.Keys(below))...)
	builder := state.NewBuilder(nil)
	if len(old) == len(d.history.Migrations()) {
		builder, old = state.NewBuilder(d.from), nil
	}
	later := append(d.among(below), m)
	for _, earlier := range slices.Concat(old, later) {
		if err := earlier.Replay(builder); err != nil {
			return "", err
		}
	}
	return builder.Build().Hash(), nil
}

// ancestors adds new migrations, and the ones of the history that they stand on.
func (d *draft) ancestors(ids []string, found map[string]bool) {
	for _, id := range ids {
		if found[id] {
			continue
		}
		found[id] = true
		for _, m := range d.made {
			if m.ID == id {
				d.ancestors(m.Parents, found)
			}
		}
	}
}

// among returns the new migrations with the given IDs.
func (d *draft) among(ids map[string]bool) []*migration.Migration {
	return slices.DeleteFunc(slices.Clone(d.made), func(m *migration.Migration) bool { return !ids[m.ID] })
}
