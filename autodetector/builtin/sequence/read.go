package sequence

import (
	"strconv"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE SEQUENCE and ALTER SEQUENCE, and the sequences that come with
// columns of a serial type.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateTable:
		serials(w, s, d)
	case ddl.CreateSequence:
		if d.Alter {
			b := w.Find(s, kindName, d.Name)
			if b != nil {
				readOptions(w, s, b, d)
			}
			return b != nil
		}
		if d.Unlogged {
			w.NoWord(s, d.Place, "a sequence is not unlogged")
		}
		readOptions(w, s, w.Block(s, kindName, kindName, d.Name, d.Place), d)
		return true
	}
	return false
}

// serials makes the sequences of a table.
func serials(w *sql.Work, s sql.Statement, d ddl.CreateTable) {
	t := w.Table(s, d.Name)
	if t == nil {
		return
	}
	for _, c := range d.Columns {
		own := sql.Serial(c.Type)
		if own == "" || c.Default != nil {
			continue
		}
		b := w.Block(s, kindName, kindName, ddl.Name{Schema: t.Name().Schema, Name: t.SequenceName(c.Name)}, c.Place)
		if own != "bigint" {
			b.Set("type", sql.Word(own))
		}
		b.Set("owned_by", fieldOf(w, s, []string{t.Name().Schema, t.Name().Name, c.Name}))
	}
}

// catalogTypes are the types of sequences by their names in the catalog.
var catalogTypes = map[string]string{"int2": "smallint", "int4": "integer"}

func readOptions(w *sql.Work, s sql.Statement, b *sql.Block, d ddl.CreateSequence) {
	bounds := boundsOf(d.Options)
	for _, o := range d.Options {
		switch o.Name {
		case "as":
			b.SetWord("type", catalogTypes[nameOf(o.Names)])
		case "start":
			readNumber(b, "start", o.Value, bounds.start())
		case "increment":
			readNumber(b, "increment", o.Value, "1")
		case "minvalue":
			readNumber(b, "min", o.Value, bounds.least())
		case "maxvalue":
			readNumber(b, "max", o.Value, bounds.most())
		case "cache":
			readNumber(b, "cache", o.Value, "1")
		case "cycle":
			b.SetTrue("cycle", o.Value == "true")
		case "owned_by":
			readOwner(w, s, b, o)
		default:
			w.NoWord(s, d.Place, "a sequence has no "+o.Name)
		}
	}
}

func nameOf(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return parts[len(parts)-1]
}

// readNumber sets an argument, unless it is what it is without being written.
func readNumber(b *sql.Block, argument, value, usual string) {
	if value != "" && value != usual {
		b.Set(argument, sql.Number(value))
	}
}

func readOwner(w *sql.Work, s sql.Statement, b *sql.Block, o ddl.Option) {
	if o.Value == "none" {
		b.Unset("owned_by")
		return
	}
	if field := fieldOf(w, s, o.Names); field != nil {
		b.Set("owned_by", field)
		return
	}
	w.NoWord(s, o.Span, "a sequence is owned by a column that no file makes")
}

// fieldOf returns the field of a column, or nil.
func fieldOf(w *sql.Work, s sql.Statement, names []string) *declare.Expr {
	last := len(names) - 1
	if last < 1 {
		return nil
	}
	table := ddl.Name{Name: names[last-1]}
	if last > 1 {
		table.Schema = names[last-2]
	}
	t := w.Table(s, table)
	if t == nil {
		return nil
	}
	field, ok := t.Field(names[last])
	if !ok {
		return nil
	}
	model := w.ModelName(s, t)
	model.Names = append(model.Names, declare.Name{Text: field})
	return model
}

// bounds are what a sequence counts between where nobody says it.
type bounds struct {
	bits       int
	descending bool
	min, max   string // as written
}

func boundsOf(list []ddl.Option) bounds {
	b := bounds{bits: 64}
	for _, o := range list {
		switch o.Name {
		case "as":
			if bits := map[string]int{"int2": 16, "int4": 32}[nameOf(o.Names)]; bits > 0 {
				b.bits = bits
			}
		case "increment":
			b.descending = len(o.Value) > 0 && o.Value[0] == '-'
		case "minvalue":
			b.min = o.Value
		case "maxvalue":
			b.max = o.Value
		}
	}
	return b
}

func (b bounds) least() string {
	if b.descending {
		return strconv.FormatInt(-1<<(b.bits-1), 10)
	}
	return "1"
}

func (b bounds) most() string {
	if b.descending {
		return "-1"
	}
	return strconv.FormatUint(1<<(b.bits-1)-1, 10)
}

func (b bounds) start() string {
	switch {
	case b.descending && b.max != "":
		return b.max
	case b.descending:
		return b.most()
	case b.min != "":
		return b.min
	}
	return b.least()
}
