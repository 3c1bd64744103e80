package composite

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE TYPE ... AS (...).
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateComposite)
	if !ok {
		return false
	}
	b := w.Block(s, "composite", sql.TypeClass, d.Name, d.Place)
	for _, c := range d.Columns {
		field := b.Inner("field", c.Name, c.Place)
		field.Set("type", w.Type(s, c.Type))
		field.SetText("collate", sql.Collation(c.Collation))
	}
	return true
}
