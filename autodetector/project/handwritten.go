package project

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// The codes of what is found in SQL that was written by hand.
const (
	misnamed    = "WH2403"
	notFollowed = "WH2404"
)

// handwritten runs the migrations over the names that they make: SQL that was written or
// edited by hand has been proven by nobody. A name that is not there, or is there already,
// is a warning, as somebody else may have made it; what cannot be followed is a note.
func handwritten(h *migration.History) (diag.List, error) {
	t := hand{catalog: simulation.Empty(), reader: new(simulation.Reader)}
	for _, m := range h.Migrations() {
		script, err := h.Script(m)
		if err != nil {
			return nil, err
		}
		t.script, t.file = script, h.File(m.App, m.ID)
		if !m.Opaque && !m.Edited {
			t.believe()
			continue
		}
		t.prove()
	}
	return t.found, nil
}

// A hand goes through migrations, the script of one at a time.
type hand struct {
	catalog *simulation.Catalog
	reader  *simulation.Reader
	script  *migration.Script
	file    string
	found   diag.List
}

// believe learns what a migration did that was proven when it was made.
func (t *hand) believe() {
	for _, step := range t.script.Steps {
		for _, s := range step.Up {
			t.catalog.Learn(t.reader.Read(s.SQL))
		}
	}
}

// prove runs a migration forth, and back to where it was.
func (t *hand) prove() {
	for _, step := range t.script.Steps {
		for _, s := range step.Up {
			t.run(s)
		}
	}
	mark := t.catalog.Mark()
	defer func() { t.catalog.Rewind(mark) }()
	for i := len(t.script.Steps) - 1; i >= 0 && t.script.Steps[i].Irreversible == ""; i-- {
		for _, s := range t.script.Steps[i].Down {
			if !t.run(s) {
				return
			}
		}
	}
}

// run runs a statement and says what is wrong with it.
func (t *hand) run(s migration.Statement) (good bool) {
	reading := t.reader.Read(s.SQL)
	if reading.Unproven != "" {
		t.report(s, 0, diag.Diagnostic{
			Severity: diag.Note, Code: notFollowed, Summary: "it is not followed what this does: " + reading.Unproven,
			Detail: "Names that it has are not looked for, and those that it may make are believed.",
			Next:   "nothing, if it does what it should",
		})
	}
	fault := t.catalog.Run(reading)
	if fault == nil {
		return true
	}
	t.report(s, fault.Effect.Offset, diag.Diagnostic{
		Severity: diag.Warning, Code: misnamed, Summary: fault.String(),
		Detail: "The migrations were run over the names that they make. If nobody else sees to it, this statement fails.",
		Next:   fmt.Sprintf("mend it, or make what is missing in a migration before %s", t.script.ID),
	})
	return false
}

// report records a finding at a place in a statement, in bytes from its beginning.
func (t *hand) report(s migration.Statement, offset int, d diag.Diagnostic) {
	before := s.SQL[:min(offset, len(s.SQL))]
	line := s.Line + strings.Count(before, "\n")
	column := len(before) - strings.LastIndexByte(before, '\n')
	if lines := strings.Split(t.script.Text, "\n"); line == s.Line && line <= len(lines) {
		first, _, _ := strings.Cut(s.SQL, "\n")
		column += max(0, strings.Index(lines[line-1], first))
	}
	d.Range = diag.Range{File: t.file, Start: diag.Pos{Line: line, Column: column}, End: diag.Pos{Line: line, Column: column}}
	t.found = append(t.found, d)
}
