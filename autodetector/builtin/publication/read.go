package publication

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE PUBLICATION, and ALTER PUBLICATION that adds to one.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreatePublication)
	if !ok {
		return false
	}
	b := w.FindBare(kindName, d.Name)
	if d.Alter && b == nil {
		return false
	}
	if b == nil {
		b = w.Bare(s, kindName, kindName, d.Name, d.Place)
	}
	b.SetTrue("all_tables", d.AllTables)
	for _, one := range d.Tables {
		readTable(w, s, b, d, one)
	}
	for _, schema := range d.Schemas {
		b.Append("schemas", sql.Text(schema))
	}
	for _, o := range d.Options {
		readOption(w, s, b, o)
	}
	return true
}

func readTable(w *sql.Work, s sql.Statement, b *sql.Block, d ddl.CreatePublication, one ddl.PublishedTable) {
	t := w.Table(s, one.Table)
	switch {
	case t == nil:
		w.NoWord(s, d.Place, "a publication has table "+one.Table.Name+", which no file makes")
	case len(one.Columns) == 0 && one.Where == nil:
		b.Append("models", w.ModelName(s, t))
	default:
		part := b.Inner("model", t.Block().Label(), d.Place)
		part.Set("columns", t.Fields(one.Columns))
		if one.Where != nil {
			part.Set("where", w.Expression(s, t, one.Where))
		}
	}
}

func readOption(w *sql.Work, s sql.Statement, b *sql.Block, o ddl.Option) {
	switch o.Name {
	case "publish":
		words := strings.Fields(strings.ReplaceAll(o.Value, ",", " "))
		if len(words) < len(changes) {
			b.Set("publish", sql.Words(words))
		}
	case "publish_via_partition_root":
		b.SetTrue("via_root", o.Value == "" || o.Value == "true" || o.Value == "on")
	default:
		w.NoWord(s, o.Span, "a publication has no "+o.Name)
	}
}
