package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
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
		line.Summary = summary(op.Kind, op.Target.String())
	}
	for _, h := range op.Hazard {
		line.Hazards = append(line.Hazards, hazardLine{
			Code: h.Code, Object: h.Object.String(), Text: h.Text, Down: h.Down, Allowed: allow.covers(h.Code, h.Object),
		})
	}
	return line
}

// summary returns an operation in words: "create model shop.pizza".
func summary(kind, target string) string {
	verb, noun, _ := strings.Cut(kind[strings.LastIndexByte(kind, '.')+1:], "_")
	what, path, _ := strings.Cut(target, " ")
	if noun == "" && !strings.Contains(what, ".") {
		noun = what // a rename of the core does not say of what
	}
	if path == noun {
		path = "" // there is one only: "create audit log"
	}
	return strings.Join(slices.DeleteFunc([]string{verb, strings.ReplaceAll(noun, "_", " "), path}, isEmpty), " ")
}

func isEmpty(text string) bool { return text == "" }

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

func (r *makeResult) print(p *printer) {
	if len(r.Migrations) == 0 {
		p.line("No changes.")
		return
	}
	for i, m := range r.Migrations {
		if i > 0 {
			p.line("")
		}
		m.print(p)
		if r.showSQL {
			p.line("\n%s", strings.TrimRight(m.SQL, "\n"))
		}
	}
	r.printWritten(p)
}

func (m madeMigration) print(p *printer) {
	p.line("%s  %s", p.bold(m.File), p.dim(plural(len(m.Operations), "operation")))
	left := 0
	for i, o := range m.Operations {
		if i < mostLines || o.risks() {
			o.print(p)
		} else {
			left++
		}
	}
	if left > 0 {
		p.line("  %s", p.dim(fmt.Sprintf("and %d more without a hazard", left)))
	}
}

// mostLines is how many operations are listed, besides those with hazards.
const mostLines = 100

// risks reports whether there is a hazard on the way up.
func (o operationLine) risks() bool {
	return slices.ContainsFunc(o.Hazards, func(h hazardLine) bool { return !h.Down })
}

func (o operationLine) print(p *printer) {
	sign := o.sign()
	paint := map[string]func(string) string{"+": p.green, "-": p.red, "~": p.yellow}[sign]
	p.line("  %s %s", paint(sign), o.Summary)
	for _, h := range o.Hazards {
		if !h.Down {
			p.line("      %s", h.words(p))
		}
	}
}

func (h hazardLine) words(p *printer) string {
	code := p.yellow("hazard " + h.Code)
	if h.Allowed {
		code = p.dim("allowed " + h.Code)
	}
	return fmt.Sprintf("%s: %s", code, h.Text)
}

func (r *makeResult) printWritten(p *printer) {
	if len(r.Written) == 0 || p.quiet {
		return
	}
	p.line("")
	for _, file := range r.Written {
		p.line("wrote %s", file)
	}
	if r.empty {
		id := r.Migrations[0].ID
		p.line("\nNext: write SQL into %s, then run: whimbrel make --seal %s", r.Migrations[0].File, id)
		return
	}
	p.line("\nNext: review the SQL, then run: whimbrel migrate")
}

func rendered(m *migration.Migration, seen bool) (string, error) {
	if !seen {
		return "", nil
	}
	sql, _, err := migration.Render(m)
	return string(sql), err
}
