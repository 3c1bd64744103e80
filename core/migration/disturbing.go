package migration

import (
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Disturbing returns the statements that no run of the script would get past: they
// end the transaction that it is run in, wait for data that nobody sends, or give up
// the lock that keeps others away.
func (s *Script) Disturbing() diag.List {
	var found diag.List
	for _, step := range s.Steps {
		for _, statements := range [][]Statement{step.Up, step.Down} {
			for _, statement := range statements {
				for _, does := range sqltext.Disturbances(statement.SQL) {
					if does == sqltext.ControlsTransaction && step.Transaction == operation.Outside {
						continue
					}
					if d := disturbing(does); d.Code != "" {
						d.Range = diag.Range{File: s.Name, Start: diag.Pos{Line: statement.Line, Column: 1}, End: diag.Pos{Line: statement.Line, Column: 1}}
						found = append(found, d)
					}
				}
			}
		}
	}
	return found
}

func disturbing(does sqltext.Disturbance) diag.Diagnostic {
	switch does {
	case sqltext.ControlsTransaction:
		return diag.Diagnostic{
			Code: "WH3035", Summary: "a statement begins or ends a transaction",
			Detail: "The migration is run in a transaction of its own: what comes before such a statement would stay, even if the rest fails.",
			Next:   "remove the statement; what cannot run in a transaction goes into a migration of its own with the line \"" + noTransaction + "\"",
		}
	case sqltext.WaitsForData:
		return diag.Diagnostic{
			Code: "WH3036", Summary: "a statement waits for data from the client",
			Detail: "A migration has nothing to send: COPY ... FROM STDIN would wait for ever.",
			Next:   "write the rows as INSERT INTO ... VALUES, or let the server read a file of its own: COPY ... FROM '/path'",
		}
	case sqltext.DiscardsSession, sqltext.ReleasesLocks:
		return diag.Diagnostic{
			Code: "WH3037", Summary: "a statement releases all locks of the session",
			Detail: "One of them keeps others from migrating the database at the same time.",
			Next:   "name the locks that are meant: pg_advisory_unlock(KEY); instead of DISCARD ALL: RESET ALL, DEALLOCATE ALL, DISCARD TEMP",
		}
	}
	return diag.Diagnostic{}
}
