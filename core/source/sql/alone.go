package sql

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// sameAs reports what a partition has otherwise than the table that it is of, and the
// model language has no word for.
func (w *Work) sameAs(t, p *Table) {
	if p.made.Partition != nil && len(p.columns) > 0 {
		w.no(p.statement, p.made.Place, "a partition has no columns of its own", "")
	}
	if len(p.made.Options) > 0 || p.made.Tablespace != "" || p.made.Unlogged {
		w.no(p.statement, p.made.Place, "a partition is stored as the table that it is of", "")
	}
	for _, c := range p.columns {
		of := t.column(c.Name)
		switch {
		case p.made.Partition != nil:
		case of == nil || !t.sameColumn(of, p, c):
			w.no(p.statement, c.Place, "column "+c.Name+" of partition "+p.name.Name+" is another one than that of the table that it is of", "")
		case c.comment != of.comment && c.comment != "":
			w.no(p.statement, c.Place, "the columns of a partition have no comments of their own", "")
		}
	}
	for _, b := range p.block.block.Body.Blocks {
		w.report(p.block.file, ddl.Span{From: int(b.Span.From), To: int(b.Span.To)}, noWord("a partition has no "+b.Type.Text+" of its own"))
	}
}

// sameColumn reports whether a column of a partition is that of its table.
func (t *Table) sameColumn(a *Column, p *Table, b *Column) bool {
	text := func(e *ddl.Expr) string {
		if e == nil {
			return ""
		}
		return strings.Join(strings.Fields(e.SQL), " ")
	}
	stored := func(of, own string) bool { return own == "" || strings.EqualFold(of, own) }
	return t.sameType(a, p, b) && a.NotNull == b.NotNull && a.Virtual == b.Virtual && text(a.Generated) == text(b.Generated) && (text(a.Default) == text(b.Default) || a.Identity != "" && b.Default == nil) &&
		stored(a.Storage, b.Storage) && stored(a.Compression, b.Compression) && (b.statistics == "" || a.statistics == b.statistics)
}

// declareAlone says the indexes and constraints that a partition alone has.
func (w *Work) declareAlone(root, t, p *Table, path []string) {
	in := Word(path...)
	if slices.ContainsFunc(path, func(label string) bool { return !plain().MatchString(label) }) {
		in = Text(strings.Join(path, "."))
	}
	said := func(declared func()) {
		before := len(root.block.block.Body.Blocks)
		declared()
		for _, b := range root.block.block.Body.Blocks[before:] {
			one := &Block{file: root.block.file, app: root.app, block: b, span: b.Span}
			copied := *in
			one.Set("partition", &copied)
		}
	}
	for _, c := range p.constraints {
		switch {
		case c.attached != "" || w.inherited(t, c):
			w.calledOtherwise(p, c.statement, c.Place, c.Name, c.usualName())
		case c.Kind == ddl.PrimaryKey:
			w.no(c.statement, c.Place, "a partition has no primary key of its own", "")
		default:
			said(func() { w.declareConstraint(root, c.under(p)) })
		}
	}
	for _, x := range p.indexes {
		if x.attached == "" {
			said(func() { w.declareIndex(root, x.under(p)) })
		} else {
			w.calledOtherwise(p, x.statement, x.Place, x.Name, indexName(x.Keys))
		}
	}
}

// calledOtherwise warns of an index of a partition that PostgreSQL, which makes it with
// that of the table, calls otherwise. Checks and foreign keys have one name in all.
func (w *Work) calledOtherwise(p *Table, s Statement, at ddl.Span, name, usual string) {
	own := model.Name(p.name.Name, usual)
	if name == "" || strings.TrimRight(name, "0123456789") == strings.TrimRight(own, "0123456789") || !strings.HasSuffix(usual, "idx") && !strings.HasSuffix(usual, "key") || strings.HasSuffix(usual, "fkey") {
		return
	}
	d := noWord("index " + name + " of partition " + p.name.Name + " is called " + own + " where it is made anew")
	d.Severity, d.Next = diag.Warning, "nothing has to be done: PostgreSQL names the indexes that a partition has from its table"
	w.report(s.file, at, d)
}

// completeIndex reports an index that a partitioned table has and one of its partitions not.
func (w *Work) completeIndex(t *Table, x index) {
	if !x.Only || t.made.PartitionBy == nil {
		return
	}
	for _, p := range w.partitionsOf(t) {
		if !slices.ContainsFunc(p.indexes, func(of index) bool { return of.attached == x.Name }) {
			w.no(x.statement, x.Place, "index "+x.Name+" is one of every partition, and "+p.name.Name+" has none that is attached to it", "")
		}
	}
}

// under gives what nobody has named the name that PostgreSQL gives it.
func (c constraint) under(p *Table) constraint {
	if c.Name == "" {
		c.Name = p.unusedName(c.usualName())
	}
	return c
}

func (x index) under(p *Table) index {
	if x.Name == "" {
		x.Name = p.unusedName(indexName(x.Keys))
	}
	return x
}

// inherited reports whether a partition has a constraint from its table: a check or a
// foreign key that is the same there, or a key without a name.
func (w *Work) inherited(t *Table, c constraint) bool {
	return slices.ContainsFunc(t.constraints, func(of constraint) bool {
		if of.Kind != c.Kind || !slices.Equal(of.Columns, c.Columns) {
			return false
		}
		switch c.Kind {
		case ddl.CheckConstraint:
			return of.Name == c.Name && strings.Join(strings.Fields(of.Check.SQL), " ") == strings.Join(strings.Fields(c.Check.SQL), " ")
		case ddl.ForeignKey:
			return of.Name == c.Name && of.Target == c.Target && slices.Equal(of.TargetColumns, c.TargetColumns) && of.OnDelete == c.OnDelete && of.OnUpdate == c.OnUpdate
		case ddl.PrimaryKey:
			return true
		}
		return false
	})
}
