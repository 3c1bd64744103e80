package view

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE VIEW. A second one takes the place of the first: pg_dump makes
// views that need each other so.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateView)
	if !ok || d.Materialized {
		return false
	}
	if d.Temporary {
		w.NoWord(s, d.Place, "a temporary view is gone at the end of the session")
		return true
	}
	b := w.Find(s, kindName, d.Name)
	if b == nil {
		b = w.Block(s, kindName, kindName, d.Name, d.Place)
		w.Register(sql.RowClass, b.Name(), b)
	}
	b.Unset("columns")
	if d.Recursive {
		b.Set("query", sql.SQL(recursive(d)))
	} else {
		b.Set("query", sql.SQL(d.Query))
		b.Set("columns", sql.Texts(d.Columns))
	}
	b.SetWord("check_option", d.CheckOption)
	readOptions(w, s, b, d)
	return true
}

func readOptions(w *sql.Work, s sql.Statement, b *sql.Block, d ddl.CreateView) {
	for _, o := range d.Options {
		switch o.Name {
		case "security_barrier", "security_invoker":
			b.SetTrue(o.Name, o.Value == "" || o.Value == "true" || o.Value == "on")
		case "check_option":
			b.SetWord(o.Name, o.Value)
		default:
			w.NoWord(s, d.Place, "a view has no "+o.Name)
		}
	}
}

// recursive returns what CREATE RECURSIVE VIEW stands for.
func recursive(d ddl.CreateView) string {
	columns := make([]string, len(d.Columns))
	for i, name := range d.Columns {
		columns[i] = address.Quote(name)
	}
	name, list := address.Quote(d.Name.Name), strings.Join(columns, ", ")
	return "WITH RECURSIVE " + name + " (" + list + ") AS (" + d.Query + ") SELECT " + list + " FROM " + name
}
