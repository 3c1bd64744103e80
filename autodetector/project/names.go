package project

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// names returns the names that a database has which has all migrations, as their SQL
// says: what objects are called there does not stand in all states, and what was made
// by hand in none.
func names(h *migration.History) (*simulation.Catalog, error) {
	catalog, reader := simulation.Empty(), new(simulation.Reader)
	for _, m := range h.Migrations() {
		script, err := h.Script(m)
		if err != nil {
			return nil, err
		}
		for _, step := range script.Steps {
			origin := origin(m, step)
			for _, s := range step.Up {
				catalog.LearnFrom(origin, reader.Read(s.SQL))
			}
		}
	}
	return catalog, nil
}

// origin says which step of a migration it is, for messages.
func origin(m *migration.Migration, step migration.Step) string {
	if step.Target.IsZero() {
		return m.ID
	}
	return fmt.Sprintf("%s %s of detector %q in %s", step.Kind, step.Target, step.Detector, m.ID)
}
