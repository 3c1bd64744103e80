package sql

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// completes gives a table what a statement says of it, and reports whether it did.
func (w *Work) completes(s Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateIndex:
		t := w.Table(s, d.Table)
		if t == nil {
			return false
		}
		t.indexes = append(t.indexes, index{CreateIndex: d, statement: s})
		return true
	case ddl.AlterTable:
		if d.Kind == "index" {
			return len(d.Commands) == 1 && w.attachesIndex(s, d)
		}
		t := w.Table(s, d.Name)
		return t != nil && len(d.Commands) == 1 && t.alter(s, d.Commands[0])
	case ddl.Comment:
		return w.commentsTable(s, d)
	}
	return false
}

// alter takes in one command.
func (t *Table) alter(s Statement, c ddl.Command) bool {
	switch c.Kind {
	case "AT_AddConstraint":
		t.add(s, *c.Constraint)
	case "AT_AddColumn":
		t.addColumn(s, *c.Column)
	case "AT_SetRelOptions":
		t.made.Options = append(t.made.Options, c.Options...)
	case "AT_SetTableSpace":
		t.made.Tablespace = c.Name
	case "AT_AttachPartition":
		return t.attach(s, c)
	case "AT_SetUnLogged", "AT_SetLogged":
		t.made.Unlogged = c.Kind == "AT_SetUnLogged"
	default:
		column := t.column(c.Name)
		return column != nil && column.alter(s, c)
	}
	return true
}

func (c *Column) alter(s Statement, command ddl.Command) bool {
	switch command.Kind {
	case "AT_ColumnDefault":
		c.Default, c.statement = command.Value, s
	case "AT_SetNotNull", "AT_DropNotNull":
		c.NotNull = command.Kind == "AT_SetNotNull"
	case "AT_AddIdentity":
		c.Identity, c.Sequence, c.NotNull = command.Identity, command.Options, true
	case "AT_SetStorage":
		c.Storage = strings.ToLower(command.Text)
	case "AT_SetCompression":
		c.Compression = strings.ToLower(command.Text)
	case "AT_SetStatistics":
		c.statistics = command.Text
	default:
		return false
	}
	return true
}

func (w *Work) commentsTable(s Statement, d ddl.Comment) bool {
	switch names := d.Names; {
	case d.Kind == "table" && len(names) > 0:
		t := w.Table(s, nameOf(names))
		if t != nil {
			t.comment = d.Text
		}
		return t != nil
	case d.Kind == "index" && len(names) > 0:
		return w.commentsIndex(w.candidates(s.file, nameOf(names)), d.Text)
	case d.Kind == "constraint" && len(names) > 1:
		t := w.Table(s, nameOf(names[:len(names)-1]))
		return t != nil && t.commentsConstraint(names[len(names)-1], d.Text)
	case d.Kind == "column" && len(names) > 1:
		t := w.Table(s, nameOf(names[:len(names)-1]))
		if t == nil {
			return false
		}
		c := t.column(names[len(names)-1])
		if c != nil {
			c.comment = d.Text
		}
		return c != nil
	}
	return false
}

// commentsIndex comments an index, or the constraint that has it, by its name.
func (w *Work) commentsIndex(names []ddl.Name, text string) bool {
	for _, t := range w.order {
		for i := range t.indexes {
			if slices.Contains(names, ddl.Name{Schema: t.name.Schema, Name: t.indexes[i].Name}) {
				t.indexes[i].comment = text
				return true
			}
		}
	}
	return false
}

func (t *Table) commentsConstraint(name, text string) bool {
	for i := range t.constraints {
		if t.constraints[i].Name == name {
			t.constraints[i].comment = text
			return true
		}
	}
	return false
}

func nameOf(names []string) ddl.Name {
	n := ddl.Name{Name: names[len(names)-1]}
	if len(names) > 1 {
		n.Schema = names[len(names)-2]
	}
	return n
}
