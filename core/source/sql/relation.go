package sql

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// declareRelation says that a field leads to another model.
func (w *Work) declareRelation(t *Table, c *Column, b *Block) {
	target := w.Table(c.leads.statement, c.leads.Target)
	word := "foreign_key"
	if t.takeUnique(c) {
		word = "one_to_one"
	}
	b.Set("type", Call(word, w.modelName(t, target)))
	if to := target.leadColumn(c.leads.TargetColumns); target.key() == nil || len(target.key().Columns) != 1 || target.key().Columns[0] != to.Name {
		b.Set("to_field", Named(to.field))
	}
	if c.Name != c.field+"_id" {
		b.Set("column", Text(c.Name))
	}
	b.SetWord("on_delete", c.leads.OnDelete)
	b.SetWord("on_update", c.leads.OnUpdate)
	b.SetWord("deferrable", c.leads.Deferrable)
}

// modelName returns the name of a model as it is written in the file of another one.
func (w *Work) modelName(from, to *Table) *declare.Expr { return qualified(from.app.Label, to.block) }

// ModelName returns how a statement's object names a model.
func (w *Work) ModelName(s Statement, t *Table) *declare.Expr {
	return qualified(w.appFor(s).Label, t.block)
}

func qualified(app string, b *Block) *declare.Expr {
	if b.app.Label == app {
		return Word(b.Label())
	}
	return Word(b.app.Label, b.Label())
}

// declareForeignKey says a foreign key that no field is.
func (w *Work) declareForeignKey(t *Table, c constraint) {
	target := w.Table(c.statement, c.Target)
	at := t.placeOf(c.statement, c.Place)
	switch {
	case target == nil:
		w.no(c.statement, c.Place, "a foreign key leads to "+c.Target.Name+", which no file makes", "")
		return
	}
	columns := c.TargetColumns
	if len(columns) == 0 && target.key() != nil {
		columns = target.key().Columns
	}
	b := t.part("foreign_key", c.Name, defaultName(c.Columns, "fkey"), at)
	b.Set("fields", t.fields(c.Columns))
	b.Set("target", w.modelName(t, target))
	b.Set("target_fields", target.fields(columns))
	b.SetWord("match", c.Match)
	b.SetTrue("not_valid", c.NotValid)
	c.tuned(b)
	b.SetWord("on_delete", c.OnDelete)
	b.Set("on_delete_fields", t.fields(c.OnDeleteColumns))
	b.SetWord("on_update", c.OnUpdate)
	b.SetWord("deferrable", c.Deferrable)
}

// fields names the fields of columns.
func (t *Table) fields(columns []string) *declare.Expr {
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = name
		if field, ok := t.Field(name); ok {
			names[i] = field
		}
	}
	return Words(names)
}

// Fields names the fields of columns, nil for none.
func (t *Table) Fields(columns []string) *declare.Expr { return t.fields(columns) }

// identity reports what of the sequence of an identity column has no word.
func (w *Work) identity(t *Table, c *Column) {
	for _, o := range c.Sequence {
		if o.Name == "sequence_name" && nameOf(o.Names).Name == t.SequenceName(c.Name) || usualSequence(c.Type, o, c.Sequence) {
			continue
		}
		w.no(t.statement, t.placeOf(c.statement, c.Place), "an identity field has no options of its sequence: "+o.Name, "")
		return
	}
}

// usualSequence reports whether an option of a sequence is what it is without it.
func usualSequence(t ddl.Type, o ddl.Option, all []ddl.Option) bool {
	switch o.Name {
	case "start":
		for _, other := range all {
			if other.Name == "minvalue" && other.Value != "" && other.Value != "1" {
				return false
			}
		}
		return o.Value == "1"
	case "increment", "cache":
		return o.Value == "1"
	case "minvalue":
		return o.Value == "" || o.Value == "1"
	case "maxvalue":
		return o.Value == "" || o.Value == map[string]string{"int2": "32767", "int4": "2147483647", "int8": "9223372036854775807"}[t.Name]
	case "cycle":
		return o.Value == "false"
	case "as":
		return true
	}
	return false
}
