package sql

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// declare says a model.
func (w *Work) declare(t *Table) {
	options := t.block.block.Body.Blocks
	t.block.block.Body.Blocks = nil
	if t.label != t.name.Name {
		t.block.Set("table", Text(t.name.Name))
	}
	if t.name.Schema != t.app.Schema {
		t.block.Set("schema", Text(t.name.Schema))
	}
	t.block.SetText("comment", t.comment)
	t.block.SetTrue("unlogged", t.made.Unlogged)
	t.block.SetText("tablespace", t.made.Tablespace)
	t.block.Set("storage", storage(t.made.Options))
	if t.made.PartitionBy != nil {
		t.block.Set("partition_by", w.division(t, t))
	}
	if t.key() == nil {
		t.block.Set("primary_key", Word("none"))
	}
	for _, c := range t.columns {
		w.declareField(t, c)
	}
	for _, c := range t.constraints {
		if !c.taken {
			w.declareConstraint(t, c)
		}
	}
	for _, x := range t.indexes {
		w.completeIndex(t, x)
		w.declareIndex(t, x)
	}
	w.declarePartitions(t, t, t.block, nil)
	t.block.block.Body.Blocks = append(t.block.block.Body.Blocks, options...)
}

// storage says storage parameters.
func storage(options []ddl.Option) *declare.Expr {
	if len(options) == 0 {
		return nil
	}
	e := &declare.Expr{Kind: declare.Object}
	for _, o := range options {
		e.Keys = append(e.Keys, Named(o.Name))
		e.Args = append(e.Args, parameter(o.Name, o.Value))
	}
	return e
}

// parameter says the value of a storage parameter. That of one has three values, of
// which on is not true.
func parameter(name, value string) *declare.Expr {
	switch value = cmp.Or(value, "true"); {
	case strings.HasSuffix(name, "vacuum_index_cleanup") && plain().MatchString(value):
		return Word(value)
	case value == "true" || value == "on":
		return Bool(true)
	case value == "false" || value == "off":
		return Bool(false)
	case value[0] >= 'a' && value[0] <= 'z':
		return Word(value)
	}
	return Number(value)
}

// part makes a block for a constraint or an index. Its label is what stands behind
// the name of the table; a name that nobody wrote is PostgreSQL's own.
func (t *Table) part(word, name, usual string, at ddl.Span) *Block {
	if name == "" {
		name = t.unusedName(usual)
	}
	label, behind := strings.CutPrefix(name, t.name.Name+"_")
	switch {
	case name == model.Name(t.name.Name, usual):
		label, behind = usual, true
	case label == "":
		label, behind = name, false
	}
	b := t.block.Inner(word, label, at)
	if !behind || model.Name(t.name.Name, label) != name {
		b.Set("name", Text(name))
	}
	return b
}

// unusedName returns the name that PostgreSQL gives what has none: with a number
// behind it, where it is taken.
func (t *Table) unusedName(usual string) string {
	for i := 0; ; i++ {
		name := model.Name(t.name.Name, usual)
		if i > 0 {
			name += numbered("", i)[1:]
		}
		if !t.named(name) {
			return name
		}
	}
}

// named reports whether a constraint or an index has a name, or was given it.
func (t *Table) named(name string) bool {
	written := slices.ContainsFunc(t.constraints, func(c constraint) bool { return c.Name == name }) ||
		slices.ContainsFunc(t.indexes, func(x index) bool { return x.Name == name })
	return written || slices.ContainsFunc(t.block.block.Body.Blocks, func(b *declare.Block) bool {
		return b.Type.Text != "field" && len(b.Labels) == 1 && model.Name(t.name.Name, b.Labels[0].Text) == name
	})
}

// usualName is PostgreSQL's own name of a constraint behind that of its table.
func (c constraint) usualName() string {
	switch c.Kind {
	case ddl.UniqueConstraint:
		return defaultName(c.Columns, "key")
	case ddl.CheckConstraint:
		return checkName(c.Check)
	case ddl.ForeignKey:
		return defaultName(c.Columns, "fkey")
	}
	if c.Kind == ddl.PrimaryKey {
		return "pkey"
	}
	return strings.TrimSuffix(indexName(c.Keys), "idx") + "excl"
}

func defaultName(parts []string, suffix string) string {
	return strings.Join(append(slices.Clone(parts), suffix), "_")
}

func (w *Work) declareConstraint(t *Table, c constraint) {
	if c.Tablespace != "" || c.UsingIndex != "" {
		w.no(c.statement, c.Place, "a constraint of a model has neither USING INDEX nor TABLESPACE", "")
		return
	}
	at := t.placeOf(c.statement, c.Place)
	switch c.Kind {
	case ddl.PrimaryKey:
		w.declareKey(t, c, at)
	case ddl.UniqueConstraint:
		b := t.part("unique", c.Name, defaultName(c.Columns, "key"), at)
		b.Set("fields", t.fields(c.Columns))
		b.Set("include", t.fields(c.Include))
		b.SetWord("deferrable", c.Deferrable)
		if c.NullsNotDistinct {
			b.Set("nulls_distinct", Bool(false))
		}
		c.tuned(b)
	case ddl.CheckConstraint:
		b := t.part("check", c.Name, checkName(c.Check), at)
		b.Set("that", w.Expression(c.statement, t, c.Check))
		b.SetTrue("no_inherit", c.NoInherit)
		b.SetTrue("not_valid", c.NotValid)
		c.tuned(b)
	case ddl.ForeignKey:
		w.declareForeignKey(t, c)
	case ddl.ExclusionConstraint:
		w.declareExclusion(t, c, at)
	default:
		w.no(c.statement, c.Place, "a model has no constraint of this kind", "")
	}
}

// tuned says the comment of a constraint and how its index is stored.
func (c constraint) tuned(b *Block) {
	b.Set("storage", storage(c.Options))
	b.SetText("comment", c.comment)
}

// plain reports whether there is nothing of that.
func (c constraint) plain() bool {
	return c.comment == "" && len(c.Options) == 0 && c.Tablespace == "" && c.UsingIndex == "" && !c.NotValid && c.Match == "" && len(c.OnDeleteColumns) == 0
}

// declareKey says a primary key that no field says.
func (w *Work) declareKey(t *Table, c constraint, at ddl.Span) {
	if t.plainKey() != nil {
		return
	}
	b := t.block.Inner("primary_key", "", at)
	b.Set("fields", t.fields(c.Columns))
	b.Set("include", t.fields(c.Include))
	b.SetWord("deferrable", c.Deferrable)
	c.tuned(b)
	if c.Name != "" && c.Name != model.Name(t.name.Name, "pkey") {
		b.Set("name", Text(c.Name))
	}
}

// checkName returns PostgreSQL's own name of a check behind that of its table.
func checkName(e *ddl.Expr) string {
	columns := map[string]bool{}
	var walk func(*ddl.Expr)
	walk = func(e *ddl.Expr) {
		if e.Kind == ddl.Column && len(e.Names) > 0 {
			columns[e.Names[len(e.Names)-1]] = true
		}
		for _, arg := range e.Args {
			walk(arg)
		}
	}
	walk(e)
	if len(columns) == 1 && e.Known() {
		for name := range columns {
			return name + "_check"
		}
	}
	return "check"
}
