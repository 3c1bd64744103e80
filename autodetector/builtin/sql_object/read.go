package sqlobject

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads what there is no kind for, where it is clear how it is taken away, and
// rights that are no grant of the model language.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateOther:
		made(w, s, d)
		return true
	case ddl.Grant:
		if w.Restored(s, d) {
			return true
		}
		if d.Revoke || !d.Whole || w.Again() {
			made(w, s, ddl.CreateOther{Label: d.Label, Place: d.Place, Drop: d.Back})
			return true
		}
	case ddl.AlterTable:
		if w.Again() && len(d.Commands) == 1 && d.Commands[0].Back != "" {
			c := d.Commands[0]
			s.Text = d.Head + " " + c.SQL
			made(w, s, ddl.CreateOther{Label: c.Label, Place: d.Place, Drop: d.Head + " " + c.Back})
			return true
		}
	case ddl.Comment:
		if w.Again() {
			made(w, s, ddl.CreateOther{Label: d.Label, Place: d.Place, Drop: d.Back, After: d.After})
		}
		return w.Again()
	}
	return false
}

func made(w *sql.Work, s sql.Statement, d ddl.CreateOther) {
	b := w.Bare(s, kindName, kindName, d.Label, d.Place)
	b.Unset("name")
	b.Set("create", sql.SQL(s.Text))
	b.Set("drop", sql.SQL(d.Drop))
	w.After(s, b, "needs", kindName, d.After)
}
