package statistics

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE STATISTICS and ALTER STATISTICS.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateStatistics:
		t := w.Table(s, d.Table)
		if t != nil {
			readCreate(w, s, d, t)
		}
		return t != nil
	case ddl.AlterStatistics:
		b := w.Find(s, kindName, d.Name)
		if b != nil && d.Target != "-1" {
			b.Set("target", sql.Number(d.Target))
		}
		return b != nil
	}
	return false
}

func readCreate(w *sql.Work, s sql.Statement, d ddl.CreateStatistics, t *sql.Table) {
	label, behind := strings.CutPrefix(d.Name.Name, t.Name().Name+"_")
	b := t.Option(s, kindName, kindName, label, d.Place)
	name := w.Made(s, d.Name)
	w.Register(kindName, name, b)
	if !behind {
		b.Set("name", sql.Text(d.Name.Name))
	}
	if name.Schema != t.Name().Schema {
		b.Set("schema", sql.Text(name.Schema))
	}
	var columns, expressions []string
	for _, k := range d.On {
		if k.Column != "" {
			columns = append(columns, k.Column)
		} else {
			expressions = append(expressions, k.Expr.SQL)
		}
	}
	if len(columns) > 0 {
		b.Set("on", t.Fields(columns))
	}
	b.Set("expressions", sql.Texts(expressions))
	b.Set("kinds", sql.Words(d.Kinds))
}
