package sql

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// A within says what a partition is one of.
type within struct {
	of        ddl.Name
	bound     ddl.Bound
	statement Statement
	table     *Table
	label     string
}

// attach makes a table a partition.
func (t *Table) attach(s Statement, c ddl.Command) bool {
	part := t.work.Table(s, c.Relation)
	if part == nil || part.within != nil || c.Bound == nil {
		return false
	}
	part.within = &within{of: t.name, bound: *c.Bound, statement: s}
	return true
}

// attachesIndex notes that an index of a partition is one of the table that it is of.
func (w *Work) attachesIndex(s Statement, d ddl.AlterTable) bool {
	c := d.Commands[0]
	if c.Kind != "AT_AttachPartition" {
		return false
	}
	for _, t := range w.order {
		if t.attachIndex(w.Made(s, c.Relation), d.Name.Name) {
			return true
		}
	}
	return false
}

func (t *Table) attachIndex(name ddl.Name, to string) bool {
	if t.name.Schema != name.Schema {
		return false
	}
	for i := range t.constraints {
		if t.constraints[i].Name == name.Name {
			t.constraints[i].attached = to
			return true
		}
	}
	for i := range t.indexes {
		if t.indexes[i].Name == name.Name {
			t.indexes[i].attached = to
			return true
		}
	}
	return false
}

// enterPartitions takes partitions out of the models: they stand in those that they
// are of.
func (w *Work) enterPartitions() {
	for _, t := range w.order {
		if t.within == nil {
			continue
		}
		t.within.table = w.Table(t.within.statement, t.within.of)
		if t.within.table == nil {
			w.no(t.within.statement, t.made.Place, t.name.Name+" is a partition of "+t.within.of.Name+", which no file makes", "")
		}
		key := blockKey{"table", t.name.Schema, t.name.Name}
		w.blocks[key] = slices.DeleteFunc(w.blocks[key], func(b *Block) bool { return b == t.block })
		w.tops = slices.DeleteFunc(w.tops, func(b *Block) bool { return b == t.block })
	}
}

// partitionsOf returns the partitions of a table.
func (w *Work) partitionsOf(t *Table) []*Table {
	var parts []*Table
	for _, other := range w.order {
		if other.within != nil && other.within.table == t {
			parts = append(parts, other)
		}
	}
	return parts
}

// declarePartitions says those of a table, in its block and in the model that it is in.
func (w *Work) declarePartitions(root, t *Table, in *Block, path []string) {
	for _, p := range w.partitionsOf(t) {
		p.within.label = w.partitionLabel(t, p, in)
		b := newBlock(root.fileOf(p.statement), root.app, "partition", p.within.label, root.placeOf(p.statement, p.made.Place))
		in.block.Body.Blocks = append(in.block.Body.Blocks, b.block)
		if model.Name(t.name.Name, p.within.label) != p.name.Name {
			b.Set("name", Text(p.name.Name))
		}
		if p.name.Schema != t.name.Schema {
			b.Set("schema", Text(p.name.Schema))
		}
		w.declareBound(p, b)
		b.SetText("comment", p.comment)
		if p.made.PartitionBy != nil {
			b.Set("partition_by", w.division(root, p))
		}
		inner := append(slices.Clone(path), p.within.label)
		w.sameAs(t, p)
		w.declareAlone(root, t, p, inner)
		w.declarePartitions(root, p, b, inner)
	}
}

// partitionLabel is what stands behind the name of the table, if that is no other's.
func (w *Work) partitionLabel(t, p *Table, in *Block) string {
	label, behind := strings.CutPrefix(p.name.Name, t.name.Name+"_")
	if !behind || label == "" {
		label = p.name.Name
	}
	for i := 2; slices.ContainsFunc(in.block.Body.Blocks, func(b *declare.Block) bool {
		return b.Type.Text == "partition" && b.Labels[0].Text == label
	}); i++ {
		label = numbered(p.name.Name, i)
	}
	return label
}

// division says by what a table is divided, in the words of the model that it is in.
func (w *Work) division(root, t *Table) *declare.Expr {
	by := t.made.PartitionBy
	call := Call(by.Strategy)
	for _, k := range by.Keys {
		if k.Class.Name != "" || k.Collation.Name != "" {
			w.no(t.statement, by.Place, "what rows are divided by has neither a collation nor an operator class", "")
		}
		k.Class, k.Collation = ddl.Name{}, ddl.Name{}
		call.Args = append(call.Args, w.key(root, t.statement, k))
	}
	return call
}

func (w *Work) declareBound(p *Table, b *Block) {
	bound, s := p.within.bound, p.within.statement
	if bound.Unread != "" {
		w.no(s, bound.Place, "a bound is no "+bound.Unread+" here", "")
	}
	switch {
	case bound.Default:
		b.Set("default", Bool(true))
	case bound.Modulus > 0:
		b.Set("modulus", Number(strconv.Itoa(bound.Modulus)))
		b.Set("remainder", Number(strconv.Itoa(bound.Remainder)))
	case len(bound.Values) > 0:
		b.Set("values", List(w.bounds(p, bound.Values)...))
	default:
		from, to := openEnd(w.bounds(p, bound.From)), openEnd(w.bounds(p, bound.To))
		if from == nil && to == nil {
			from = &declare.Expr{Kind: declare.Null}
		}
		b.Set("from", from)
		b.Set("to", to)
	}
}

// openEnd says the end of a range: one value by itself, and nothing where it is open.
func openEnd(values []*declare.Expr) *declare.Expr {
	if !slices.ContainsFunc(values, func(e *declare.Expr) bool { return e.Kind != declare.Null }) {
		return nil
	}
	if len(values) == 1 {
		return values[0]
	}
	return List(values...)
}

// boundOf returns a bound without its type; one of a number is a number.
func (in *within) boundOf(i int, e *ddl.Expr) *ddl.Expr {
	e = stripped(e)
	by := in.table.made.PartitionBy
	if by == nil {
		return e
	}
	if by.Strategy == "list" {
		i = 0
	}
	if i < len(by.Keys) {
		if c := in.table.column(by.Keys[i].Column); c != nil {
			return unquoted(e, c.Type)
		}
	}
	return e
}

func (w *Work) bounds(p *Table, list []*ddl.Expr) []*declare.Expr {
	x := expresser{work: w, statement: p.within.statement, app: p.app}
	all := make([]*declare.Expr, len(list))
	for i, e := range list {
		if all[i] = (&declare.Expr{Kind: declare.Null}); e != nil {
			if all[i] = x.say(p.within.boundOf(i, e)); all[i] == nil {
				w.no(p.within.statement, p.within.bound.Place, "the bound of a partition is a value: "+p.within.bound.Text, "")
				all[i] = &declare.Expr{Kind: declare.Null}
			}
		}
	}
	return all
}
