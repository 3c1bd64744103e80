package partition

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A change leads from a partition to another one in two steps: what goes, and when
// that is so of all partitions of the table, what comes. Each has its way back.
type change struct {
	partitions

	at                                   sdk.Moment
	object                               *sdk.Object
	first, firstBack, second, secondBack []string
	lost, moved                          []sdk.Hazard
}

// change returns what leads from one partition to another one.
func (x partitions) change(o *sdk.Object, was, is part) change {
	c := change{partitions: x, at: x.To, object: o}
	c.one(x.To.Table(o.Parent), x.by(x.To, o), was, is)
	return c
}

// one changes a partition of a table, and those in it.
func (c *change) one(of string, by expression.Node, was, is part) {
	c.first = append(c.first, rename(was, is)...)
	c.first = append(c.first, c.indexes(was, is)...)
	back := append(rename(is, was), c.indexes(is, was)...)
	if was.Comment != is.Comment {
		c.first = append(c.first, is.commented())
		old := is
		old.Comment = was.Comment
		back = append([]string{old.commented()}, back...)
	}
	now := was // as it was, under the name that it has got
	now.Schema, now.Name = is.Schema, is.Name
	if !sdk.Same(was.bounds(), is.bounds()) {
		c.first = append(c.first, is.detach(of))
		back = append([]string{now.attach(c.at, of, by)}, back...)
		c.second = append(c.second, is.attach(c.at, of, by))
		c.secondBack = append(c.secondBack, is.detach(of))
		c.moved = append(c.moved, c.scans(was, is)...)
		c.moved = append(c.moved, misfit(c.at, c.object.Address, was.table(), is, by, false)...)
		c.moved = append(c.moved, misfit(c.at, c.object.Address, is.table(), was, by, true)...)
	}
	c.firstBack = append(back, c.firstBack...)
	c.inside(was, is)
}

// scans are the tables that are read to see whether their rows fit: that of the
// partition, or those of the ones in it that stay where they are.
func (c *change) scans(was, is part) []sdk.Hazard {
	if is.By == nil {
		return []sdk.Hazard{operation.Scan(c.object.Address, is.table(), operation.EveryoneWait)}
	}
	var list []sdk.Hazard
	for _, one := range is.inner() {
		if old, stays := was.named(one.Label); stays && sdk.Same(old.bounds(), one.bounds()) {
			list = append(list, c.scans(old, one)...)
		}
	}
	return list
}

// inside changes the partitions of a partition.
func (c *change) inside(was, is part) {
	for _, old := range was.inner() {
		now, stays := is.named(old.Label)
		if stays {
			c.one(is.table(), is.division(), old, now)
			continue
		}
		c.first = append(c.first, old.drop()...)
		c.firstBack = append(old.create(c.at, is.table(), was.division()), c.firstBack...)
		c.lost = append(c.lost, rowsLost(c.object, old, false))
	}
	for _, now := range is.inner() {
		if _, was := was.named(now.Label); was {
			continue
		}
		c.second = append(c.second, now.create(c.at, is.table(), is.division())...)
		c.secondBack = append(now.drop(), c.secondBack...)
		c.moved = append(c.moved, rowsLost(c.object, now, true))
	}
}

// rename returns the statements that move and rename a partition.
func rename(from, to part) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER TABLE "+from.table()+" SET SCHEMA "+sdk.Ident(to.Schema))
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER TABLE "+sdk.Qualified(to.Schema, from.Name)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}

// misfit is the hazard that rows of a partition do not fit into other bounds, where
// that can be asked: of a range or a list over one column.
func misfit(at sdk.Moment, a address.Address, table string, p part, by expression.Node, down bool) []sdk.Hazard {
	condition := p.outside(at, by)
	if condition == "" {
		return nil
	}
	return []sdk.Hazard{{
		Code: operation.NoFit, Object: a, Down: down, Text: "rows of " + table + " do not fit into its bounds",
		Probe: "SELECT EXISTS (SELECT FROM " + table + " WHERE " + condition + ")",
	}}
}

// outside returns the condition of rows that are outside of the bounds, or nothing.
func (p part) outside(at sdk.Moment, by expression.Node) string {
	if len(by.Args) != 1 || p.Default || p.Modulus != nil || p.Values != nil {
		return ""
	}
	key, condition := at.SQL(by.Args[0]), ""
	if list := elements(p.From); len(list) == 1 && list[0].Kind != expression.Null {
		condition = key + " < " + at.SQL(list[0])
	}
	if list := elements(p.To); len(list) == 1 && list[0].Kind != expression.Null {
		if condition != "" {
			condition += " OR "
		}
		condition += key + " >= " + at.SQL(list[0])
	}
	return condition
}

// divided returns the name of a partition that would be divided otherwise, or nothing.
func divided(was, is part) string {
	if !sdk.Same(was.By, is.By) {
		return is.Name
	}
	for _, old := range was.inner() {
		if now, stays := is.named(old.Label); stays {
			if name := divided(old, now); name != "" {
				return name
			}
		}
	}
	return ""
}
