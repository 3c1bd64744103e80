package procedure

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/source/sql"
)

// readSQL reads CREATE PROCEDURE.
func readSQL(w *sql.Work, s sql.Statement) bool { return routine.ReadSQL(w, s, kindName, true) }
