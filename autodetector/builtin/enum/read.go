package enum

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE TYPE ... AS ENUM, and ALTER TYPE that adds a value.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateEnum:
		values := sql.Texts(d.Values)
		if values == nil {
			values = sql.List()
		}
		w.Block(s, "enum", sql.TypeClass, d.Name, d.Place).Set("values", values)
		return true
	case ddl.AlterEnum:
		b := w.Find(s, sql.TypeClass, d.Name)
		return b != nil && b.Insert("values", d.Value, d.Beside, d.After)
	}
	return false
}
