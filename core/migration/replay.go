package migration

import (
	"errors"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/state"
)

// Replay returns the state after the migrations with the given IDs and all that
// they build on, or after all migrations if none is given. No database and no
// detector takes part. It returns an error for an unknown ID, for migrations
// loaded by LoadScripts, and for edits that do not fit the state.
func Replay(g *Graph, upTo ...string) (*state.State, error) {
	if len(g.order) < len(g.nodes) {
		return nil, errors.New("replaying: the migrations come after each other in a circle")
	}
	migrations := g.order
	if len(upTo) > 0 {
		for _, id := range upTo {
			if g.Migration(id) == nil {
				return nil, fmt.Errorf("replaying up to %s: there is no such migration", id)
			}
		}
		migrations = g.Ancestors(upTo...)
	}
	for _, d := range g.dirs {
		if d.scripts && len(d.Migrations) > 0 {
			return nil, fmt.Errorf("replaying the migrations of %s: only their scripts were loaded", d.App)
		}
	}
	return StateAfter(migrations)
}

// StateAfter returns the state that migrations lead to, which stand in their order with
// all that they build on.
func StateAfter(migrations []*Migration) (*state.State, error) {
	builder := state.NewBuilder(nil)
	for _, m := range migrations {
		if err := m.Replay(builder); err != nil {
			return nil, err
		}
	}
	return builder.Build(), nil
}

// Replay makes the edits of one migration.
func (m *Migration) Replay(builder *state.Builder) error {
	for i, op := range m.Operations {
		if err := builder.Apply(op.Edits...); err != nil {
			return fmt.Errorf("replaying %s, operation %d (%s %s): %w", m.ID, i+1, op.Kind, op.Target, err)
		}
	}
	return nil
}
