package postgres

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// checkStatements refuses statements that would disturb the run, before anything is
// run: in the middle of it, it would be too late.
func (r *run) checkStatements() error {
	for _, step := range r.todo() {
		for _, statement := range step.Statements(r.direction) {
			for _, does := range sqltext.Disturbances(statement.SQL) {
				if does == sqltext.ControlsTransaction && outside(step, r.direction) {
					continue
				}
				if d := r.disturbed(step, does); d.Code != "" {
					d.Range = r.lineOf(statement, 1, 1)
					return d
				}
			}
		}
	}
	return nil
}

// disturbed returns the problem of a statement, zero if there is none.
func (r *run) disturbed(step Step, does sqltext.Disturbance) diag.Diagnostic {
	where := fmt.Sprintf("operation %d of migration %s has a statement that ", step.Number, r.script.ID)
	switch does {
	case sqltext.ControlsTransaction:
		return problem("WH5205", where+"begins or ends a transaction", "whimbrel runs the migration in a transaction of its own: "+
			"what comes before such a statement would stay, even if the rest fails.",
			"remove the statement; what cannot run in a transaction goes into a migration of its own with the line \"-- +goose NO TRANSACTION\"")
	case sqltext.WaitsForData:
		return problem("WH5206", where+"waits for data from the client", "A migration has nothing to send: COPY ... FROM STDIN would wait for ever.",
			"write the rows as INSERT INTO ... VALUES, or let the server read a file of its own: COPY ... FROM '/path'")
	case sqltext.DiscardsSession, sqltext.ReleasesLocks:
		return problem("WH5207", where+"releases the locks of the session", "One of them keeps others from migrating the database at the same time.",
			"name the locks that are meant: pg_advisory_unlock(KEY); instead of DISCARD ALL: RESET ALL, DEALLOCATE ALL, DISCARD TEMP")
	}
	return diag.Diagnostic{}
}

// resets reports whether a statement takes the settings of the session back to those
// of the server.
func resets(sql string) bool {
	return slices.Contains(sqltext.Disturbances(sql), sqltext.ResetsSettings)
}
