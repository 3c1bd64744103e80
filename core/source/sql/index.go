package sql

import (
	"cmp"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

func (w *Work) declareIndex(t *Table, x index) {
	b := t.part("index", x.Name, indexName(x.Keys), t.placeOf(x.statement, x.Place))
	keys, ok := w.keys(t, x.statement, x.Keys, x.Place)
	if !ok {
		return
	}
	if ddl.Plain(x.Keys) {
		b.Set("fields", plainKeys(keys))
	} else {
		b.Set("on", keys)
	}
	b.SetTrue("unique", x.Unique)
	if x.Method != "" && x.Method != "btree" {
		b.Set("method", Word(x.Method))
	}
	b.Set("include", t.fields(x.Include))
	if x.NullsNotDistinct {
		b.Set("nulls_distinct", Bool(false))
	}
	if x.Where != nil {
		b.Set("where", w.Expression(x.statement, t, x.Where))
	}
	b.Set("storage", storage(x.Options))
	b.SetText("tablespace", x.Tablespace)
	b.SetText("comment", x.comment)
}

// plainKeys are keys without names in quotes, which only fields takes as strings.
func plainKeys(list *declare.Expr) *declare.Expr {
	for i, key := range list.Args {
		if key.Kind == declare.Word {
			list.Args[i] = Named(key.Names[0].Text)
		}
	}
	return list
}

// indexName returns PostgreSQL's own name of an index behind that of its table.
func indexName(keys []ddl.Key) string {
	var parts []string
	for _, k := range keys {
		switch {
		case k.Column != "":
			parts = append(parts, k.Column)
		case k.Expr.Kind == ddl.Call:
			parts = append(parts, k.Expr.Names[len(k.Expr.Names)-1])
		default:
			parts = append(parts, "expr")
		}
	}
	return defaultName(parts, "idx")
}

func (w *Work) keys(t *Table, s Statement, keys []ddl.Key, at ddl.Span) (*declare.Expr, bool) {
	list := List()
	for _, k := range keys {
		list.Args = append(list.Args, w.key(t, s, k))
	}
	return list, true
}

func (w *Work) key(t *Table, s Statement, k ddl.Key) *declare.Expr {
	var e *declare.Expr
	if k.Column != "" {
		field, _ := t.Field(k.Column)
		e = Word(cmp.Or(field, k.Column))
	} else {
		e = w.Expression(s, t, k.Expr)
	}
	if k.Collation.Name != "" {
		e = Call("collate", e, Text(collation(k.Collation)))
	}
	if k.Class.Name != "" {
		e = Call("opclass", e, Named(opclass(k)))
	}
	if k.Desc {
		e = Call("desc", e)
	}
	if k.Nulls != "" {
		e = Call("nulls_"+k.Nulls, e)
	}
	if k.Operator != "" {
		e = Call("with", e, Text(k.Operator))
	}
	return e
}

func (w *Work) declareExclusion(t *Table, c constraint, at ddl.Span) {
	keys, ok := w.keys(t, c.statement, c.Keys, c.Place)
	if !ok {
		return
	}
	b := t.part("exclude", c.Name, indexName(c.Keys)[:len(indexName(c.Keys))-len("idx")]+"excl", at)
	if c.Method != "" && c.Method != "btree" {
		b.Set("using", Word(c.Method))
	}
	b.Set("on", keys)
	b.Set("include", t.fields(c.Include))
	b.SetWord("deferrable", c.Deferrable)
	if c.Where != nil {
		b.Set("where", w.Expression(c.statement, t, c.Where))
	}
	c.tuned(b)
}

// opclass returns an operator class with its parameters.
func opclass(k ddl.Key) string {
	if len(k.Options) == 0 {
		return k.Class.Name
	}
	list := make([]string, len(k.Options))
	for i, o := range k.Options {
		list[i] = o.Name + "=" + o.Value
	}
	return k.Class.Name + "(" + strings.Join(list, ", ") + ")"
}
