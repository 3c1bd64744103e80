package partition

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/sdk"
)

// create returns the statements that make a partition of a table, with those in it.
func (p part) create(at sdk.Moment, of string, by expression.Node) []string {
	text := "CREATE TABLE " + p.table() + " PARTITION OF " + of + " " + p.forValues(at, by)
	if p.By != nil {
		text += " " + partitioning.Clause(at, *p.By)
	}
	texts := []string{text}
	if p.Comment != "" {
		texts = append(texts, p.commented())
	}
	for _, one := range p.inner() {
		texts = append(texts, one.create(at, p.table(), p.division())...)
	}
	return texts
}

// drop returns the statements that take a partition away, those in it first.
func (p part) drop() []string {
	var texts []string
	for _, one := range p.inner() {
		texts = append(texts, one.drop()...)
	}
	return append(texts, "DROP TABLE "+p.table())
}

func (p part) commented() string { return sdk.Comment("TABLE "+p.table(), p.Comment) }

// attach returns the statement that makes a table with rows a partition.
func (p part) attach(at sdk.Moment, of string, by expression.Node) string {
	return "ALTER TABLE " + of + " ATTACH PARTITION " + p.table() + " " + p.forValues(at, by)
}

func (p part) detach(of string) string { return "ALTER TABLE " + of + " DETACH PARTITION " + p.table() }

// division returns by what a partition is divided itself.
func (p part) division() expression.Node {
	if p.By == nil {
		return expression.Node{}
	}
	return *p.By
}

// forValues returns the bounds of a partition of what is divided in a way.
func (p part) forValues(at sdk.Moment, by expression.Node) string {
	switch {
	case p.Default:
		return "DEFAULT"
	case p.Values != nil:
		return "FOR VALUES IN (" + strings.Join(texts(at, elements(p.Values), ""), ", ") + ")"
	case p.Modulus != nil && p.Remainder != nil:
		return fmt.Sprintf("FOR VALUES WITH (MODULUS %d, REMAINDER %d)", *p.Modulus, *p.Remainder)
	}
	width := len(by.Args)
	return "FOR VALUES FROM (" + strings.Join(texts(at, ends(p.From, width), "MINVALUE"), ", ") + ") TO (" + strings.Join(texts(at, ends(p.To, width), "MAXVALUE"), ", ") + ")"
}

// elements returns the values of a list, or the one value that stands for one.
func elements(e *expression.Node) []expression.Node {
	switch {
	case e == nil:
		return nil
	case e.Kind == expression.List:
		return e.Args
	}
	return []expression.Node{*e}
}

// ends returns the values of an end of a range over columns, which is open where it
// is absent.
func ends(e *expression.Node, width int) []expression.Node {
	list := elements(e)
	for e == nil && len(list) < width {
		list = append(list, expression.Node{Kind: expression.Null})
	}
	return list
}

// texts returns values as SQL, with a word for null where there is one.
func texts(at sdk.Moment, list []expression.Node, null string) []string {
	out := make([]string, len(list))
	for i, e := range list {
		if out[i] = null; e.Kind != expression.Null || null == "" {
			out[i] = at.SQL(e)
		}
	}
	return out
}
