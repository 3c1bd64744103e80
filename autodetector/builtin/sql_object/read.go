package sqlobject

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads what there is no kind for, where it is clear how it is taken away.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateOther)
	if !ok {
		return false
	}
	b := w.Bare(s, kindName, kindName, d.Label, d.Place)
	b.Unset("name")
	b.Set("create", sql.SQL(s.Text))
	b.Set("drop", sql.SQL(d.Drop))
	return true
}
