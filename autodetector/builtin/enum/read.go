package enum

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE TYPE ... AS ENUM.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateEnum)
	if !ok {
		return false
	}
	values := sql.Texts(d.Values)
	if values == nil {
		values = sql.List()
	}
	w.Block(s, "enum", sql.TypeClass, d.Name, d.Place).Set("values", values)
	return true
}
