package domain

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE DOMAIN.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateDomain)
	if !ok {
		return false
	}
	b := w.Block(s, "domain", sql.TypeClass, d.Name, d.Place)
	w.Over(b, d.Type)
	b.Set("type", w.Type(s, d.Type))
	if d.NotNull {
		b.Set("null", sql.Bool(false))
	}
	if d.Default != nil {
		b.Set("default", w.Default(s, d.Type, d.Default))
	}
	for i, c := range d.Constraints {
		if i > 0 || c.Kind != ddl.CheckConstraint || c.Name != "" && c.Name != d.Name.Name+"_check" {
			w.NoWord(s, c.Place, "a domain has one check, of the name that PostgreSQL gives it")
			continue
		}
		b.Set("check", w.Condition(s, d.Type, c.Check))
	}
	if d.Collation.Name != "" {
		w.NoWord(s, d.Place, "a domain has no collation of its own")
	}
	return true
}
