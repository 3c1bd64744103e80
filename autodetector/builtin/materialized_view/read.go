package materializedview

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// class is what SQL calls a materialized view.
const class = "materialized view"

// readSQL reads CREATE MATERIALIZED VIEW and the indexes of one.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateView:
		if d.Materialized {
			readView(w, s, d)
		}
		return d.Materialized
	case ddl.CreateIndex:
		b := w.Find(s, class, d.Table)
		if b != nil {
			readIndex(w, s, b, d)
		}
		return b != nil
	}
	return false
}

// readView reads a materialized view. A dump says WITH NO DATA of every one.
func readView(w *sql.Work, s sql.Statement, d ddl.CreateView) {
	b := w.Block(s, kindName, class, d.Name, d.Place)
	w.Register(sql.RowClass, b.Name(), b)
	b.Set("query", sql.SQL(d.Query))
	b.Set("columns", sql.Texts(d.Columns))
	if d.NoData && !s.Dumped() {
		b.Set("with_data", sql.Bool(false))
	}
	if len(d.Options) > 0 || d.Tablespace != "" || d.Method != "" && d.Method != "heap" {
		w.NoWord(s, d.Place, "a materialized view has neither storage parameters nor a tablespace")
	}
}

func readIndex(w *sql.Work, s sql.Statement, b *sql.Block, d ddl.CreateIndex) {
	var fields, expressions []string
	for _, k := range d.Keys {
		if k.Desc || k.Nulls != "" || k.Class.Name != "" || k.Collation.Name != "" || k.Column != "" && len(expressions) > 0 {
			w.NoWord(s, d.Place, "the index of a materialized view has columns and then expressions, without an order, an operator class or a collation")
			return
		}
		if k.Column != "" {
			fields = append(fields, k.Column)
		} else {
			expressions = append(expressions, k.Expr.SQL)
		}
	}
	if d.NullsNotDistinct || len(d.Options) > 0 || d.Tablespace != "" || d.Name == "" {
		w.NoWord(s, d.Place, "the index of a materialized view has a name, and no storage parameters, tablespace or NULLS NOT DISTINCT")
		return
	}
	label, behind := strings.CutPrefix(d.Name, b.Name().Name+"_")
	x := b.Inner("index", label, d.Place)
	w.Register("index", ddl.Name{Schema: b.Name().Schema, Name: d.Name}, x)
	if !behind {
		x.Set("name", sql.Text(d.Name))
	}
	x.Set("fields", sql.Words(fields))
	x.Set("on", sql.Texts(expressions))
	x.SetTrue("unique", d.Unique)
	if d.Method != "btree" {
		x.SetWord("method", d.Method)
	}
	x.Set("include", sql.Words(d.Include))
	if d.Where != nil {
		x.SetText("where", d.Where.SQL)
	}
}
