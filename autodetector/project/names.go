package project

import (
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
			for _, s := range step.Up {
				catalog.Learn(reader.Read(s.SQL))
			}
		}
	}
	return catalog, nil
}
