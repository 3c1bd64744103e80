package function

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/source/sql"
)

// readSQL reads CREATE FUNCTION.
func readSQL(w *sql.Work, s sql.Statement) bool { return routine.ReadSQL(w, s, kindName, false) }
