package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// chunk is about how many bytes of DDL are read at once. What is read again, as
// something in it is left out, is one chunk.
const chunk = 64 << 10

// head says of a text what the definitions of a catalog have in common with a dump: a
// materialized view is WITH NO DATA in both whatever it holds.
const head = "-- PostgreSQL database dump\n"

// A line is a statement of the DDL, or the column of a CREATE TABLE, with the
// definition that says it.
type line struct {
	from, to int // in the text of its file
	of       int // of the definitions
	number   int // of the statement among those of the definition; -1 for a column
}

// A script is the DDL of definitions as files, and which definition each byte is of.
type script struct {
	files []sql.File
	lines map[string][]line
}

// A writer makes a script.
type writer struct {
	script
	found []detect.Definition
	skip  map[spot]bool
	text  strings.Builder
	here  []line
}

// A spot is a statement of a definition.
type spot struct{ of, number int }

// whole is the statement that makes an object.
const whole = 0

// column is the number of the line of a column.
const column = -1

// newScript writes the DDL of definitions without the statements that are skipped.
// What is part of an object stands in the file of that.
func newScript(found []detect.Definition, skip map[spot]bool) script {
	w := &writer{script: script{lines: map[string][]line{}}, found: found, skip: skip}
	parts := map[string][]int{}
	for i, d := range found {
		parts[d.Whole] = append(parts[d.Whole], i)
	}
	known := map[string]bool{}
	for _, i := range parts[""] {
		known[found[i].Key()] = true
		w.object(i, parts[found[i].Key()])
	}
	for i, d := range found {
		if d.Whole != "" && !known[d.Whole] {
			w.object(i, nil)
		}
	}
	w.flush()
	return w.script
}

// object writes an object with its parts.
func (w *writer) object(i int, parts []int) {
	if w.text.Len() > chunk {
		w.flush()
	}
	d := w.found[i]
	if isTable(d) && !w.skip[spot{i, whole}] {
		w.table(i, parts)
	} else {
		w.statements(i, d.Create)
	}
	for _, part := range parts {
		w.statements(part, w.found[part].Create)
	}
	for _, part := range append([]int{i}, parts...) {
		w.later(part)
	}
}

// hole is where the columns of a table go in its DDL.
func hole(d detect.Definition) string { return "TABLE " + d.Name + " (" }

// isTable reports whether the columns of an object go into its DDL.
func isTable(d detect.Definition) bool {
	before, _, ok := strings.Cut(d.Create, hole(d))
	return ok && len(before) <= len("CREATE UNLOGGED ")
}

// table writes a table with its columns.
func (w *writer) table(i int, parts []int) {
	before, after, _ := strings.Cut(w.found[i].Create, hole(w.found[i]))
	from := w.text.Len()
	w.text.WriteString(before + hole(w.found[i]))
	separator := "\n  "
	for _, part := range parts {
		if inside := w.found[part].Inside; inside != "" {
			w.text.WriteString(separator)
			at := w.text.Len()
			w.text.WriteString(inside)
			w.here = append(w.here, line{at, w.text.Len(), part, column})
			separator = ",\n  "
		}
	}
	statements := sqltext.Split("TABLE (" + after)
	first := strings.TrimPrefix(statements[0].Text, "TABLE (")
	w.text.WriteString(first)
	w.here = append(w.here, line{from, w.text.Len(), i, whole})
	w.text.WriteString(";\n")
	w.number(i, 1, statements[1:])
}

// statements writes those of a text that makes an object.
func (w *writer) statements(i int, text string) {
	w.number(i, whole, sqltext.Split(text))
}

// later writes what needs all other objects: the numbers of such statements are
// after those of all others.
func (w *writer) later(i int) {
	w.number(i, afterwards, sqltext.Split(w.found[i].Later))
}

const afterwards = 1000

// number writes statements of a definition, from a number on.
func (w *writer) number(i, from int, statements []sqltext.Statement) {
	for n, s := range statements {
		if w.skip[spot{i, from + n}] || w.skip[spot{i, whole}] {
			continue
		}
		at := w.text.Len()
		w.text.WriteString(s.Text)
		w.here = append(w.here, line{at, w.text.Len(), i, from + n})
		w.text.WriteString(";\n")
	}
}

// flush ends a file.
func (w *writer) flush() {
	if w.text.Len() == 0 {
		return
	}
	name := fmt.Sprintf("catalog-%05d.sql", len(w.files))
	w.files = append(w.files, sql.File{Name: name, Text: []byte(head + w.text.String())})
	w.lines[name] = w.here
	w.text.Reset()
	w.here = nil
}

// at returns the innermost line at a place. ok is false if there is none.
func (s script) at(place diag.Range) (line, bool) {
	at := place.Start.Byte - len(head)
	var found []line
	for _, l := range s.lines[place.File] {
		if l.from <= at && at < l.to {
			found = append(found, l)
		}
	}
	if len(found) == 0 {
		return line{}, false
	}
	return slices.MinFunc(found, func(a, b line) int { return cmp.Compare(a.to-a.from, b.to-b.from) }), true
}
