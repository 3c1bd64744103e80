package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A makeResult is what make wrote or would write.
type makeResult struct {
	Migrations []madeMigration `json:"migrations"`
	Written    []string        `json:"written"`

	showSQL bool
	empty   bool
}

type madeMigration struct {
	ID         string          `json:"id"`
	App        string          `json:"app"`
	File       string          `json:"file"`
	Parents    []string        `json:"parents,omitempty"`
	Summary    string          `json:"summary"`
	Operations []operationLine `json:"operations"`
	SQL        string          `json:"sql"`
}

// An operationLine is an operation for people.
type operationLine struct {
	Kind     string       `json:"kind"`
	Target   string       `json:"target"`
	Summary  string       `json:"summary"`
	Detector string       `json:"detector,omitempty"`
	Hazards  []hazardLine `json:"hazards,omitempty"`
}

type hazardLine struct {
	Code    string `json:"code"`
	Object  string `json:"object"`
	Text    string `json:"text"`
	Down    bool   `json:"down,omitempty"`
	Allowed bool   `json:"allowed,omitempty"`
}

// newMakeResult describes migrations. Their SQL is rendered only where somebody
// will see it: writing them renders it as well.
func newMakeResult(made []*migration.Migration, h history, allow allowances, seen bool) (*makeResult, error) {
	r := &makeResult{Migrations: []madeMigration{}, Written: []string{}}
	for _, m := range made {
		sql, err := rendered(m, seen)
		if err != nil {
			return nil, err
		}
		line := madeMigration{
			ID: m.ID, App: m.App, File: h.file(m.App, m.ID), Parents: m.Parents,
			Summary: migration.Summary(m.Operations), Operations: []operationLine{}, SQL: sql,
		}
		for _, op := range m.Operations {
			line.Operations = append(line.Operations, newOperationLine(op, allow))
		}
		r.Migrations = append(r.Migrations, line)
	}
	return r, nil
}

func newOperationLine(op operation.Operation, allow allowances) operationLine {
	line := operationLine{Kind: op.Kind, Target: op.Target.String(), Summary: op.Summary, Detector: op.Detector}
	if line.Summary == "" {
		line.Summary = output.Operation(op.Kind, op.Target.String())
	}
	for _, h := range op.Hazard {
		line.Hazards = append(line.Hazards, hazardLine{
			Code: h.Code, Object: h.Object.String(), Text: h.Text, Down: h.Down, Allowed: allow.covers(h.Code, h.Object),
		})
	}
	return line
}

// sign returns the mark before an operation: what comes, what goes, what changes.
func (o operationLine) sign() string {
	name := o.Kind[strings.LastIndexByte(o.Kind, '.')+1:]
	switch {
	case strings.HasPrefix(name, "create"), strings.HasPrefix(name, "add"):
		return "+"
	case strings.HasPrefix(name, "drop"), strings.HasPrefix(name, "remove"):
		return "-"
	}
	return "~"
}

func (r *makeResult) Print(p *output.Printer) {
	if len(r.Migrations) == 0 {
		p.Line("No changes.")
		return
	}
	for i, m := range r.Migrations {
		if i > 0 {
			p.Line("")
		}
		m.Print(p)
		if r.showSQL {
			p.Line("\n%s", strings.TrimRight(m.SQL, "\n"))
		}
	}
	r.printWritten(p)
}

func (m madeMigration) Print(p *output.Printer) {
	p.Line("%s  %s", p.Bold(m.File), p.Dim(output.Plural(len(m.Operations), "operation")))
	left := 0
	for i, o := range m.Operations {
		if i < mostLines || o.risks() {
			o.Print(p)
		} else {
			left++
		}
	}
	if left > 0 {
		p.Line("  %s", p.Dim(fmt.Sprintf("and %d more without a hazard", left)))
	}
}

// mostLines is how many operations are listed, besides those with hazards.
const mostLines = 100

// risks reports whether there is a hazard on the way up.
func (o operationLine) risks() bool {
	return slices.ContainsFunc(o.Hazards, func(h hazardLine) bool { return !h.Down })
}

func (o operationLine) Print(p *output.Printer) {
	sign := o.sign()
	paint := map[string]func(string) string{"+": p.Green, "-": p.Red, "~": p.Yellow}[sign]
	p.Line("  %s %s", paint(sign), o.Summary)
	for _, h := range o.Hazards {
		if !h.Down {
			p.Line("      %s", h.words(p))
		}
	}
}

func (h hazardLine) words(p *output.Printer) string {
	code := p.Yellow("hazard " + h.Code)
	if h.Allowed {
		code = p.Dim("allowed " + h.Code)
	}
	return fmt.Sprintf("%s: %s", code, h.Text)
}

func (r *makeResult) printWritten(p *output.Printer) {
	if len(r.Written) == 0 || p.Quiet {
		return
	}
	p.Line("")
	for _, file := range r.Written {
		p.Line("wrote %s", file)
	}
	if r.empty {
		id := r.Migrations[0].ID
		p.Line("\nNext: write SQL into %s, then run: whimbrel make --seal %s", r.Migrations[0].File, id)
		return
	}
	p.Line("\nNext: review the SQL, then run: whimbrel migrate")
}

func rendered(m *migration.Migration, seen bool) (string, error) {
	if !seen {
		return "", nil
	}
	sql, _, err := migration.Render(m)
	return string(sql), err
}
