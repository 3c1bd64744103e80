package cli

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newShow(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:               "show ID",
		GroupID:           groupModels,
		Short:             "Print the operations of a migration: what, who made it, what it changes",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeIDs(s),
		RunE:              s.Run(func(ctx context.Context, args []string) (output.Result, error) { return show(ctx, s, args[0]) }),
	}
}

func show(ctx context.Context, s *input.Session, name string) (output.Result, error) {
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	h, err := p.History(ctx)
	if err != nil {
		return nil, err
	}
	m, err := h.Find(name)
	if err != nil {
		return nil, err
	}
	return newShowResult(h, m), nil
}

// A showResult is a migration in detail.
type showResult struct {
	ID         string          `json:"id"`
	App        string          `json:"app"`
	File       string          `json:"file"`
	Parents    []string        `json:"parents,omitempty"`
	By         []string        `json:"by"`
	Edited     bool            `json:"edited,omitempty"`
	Operations []showOperation `json:"operations"`
}

type showOperation struct {
	output.OperationLine
	Edits        []state.Edit     `json:"edits,omitempty"`
	Locks        []operation.Lock `json:"locks,omitempty"`
	Transaction  string           `json:"transaction,omitempty"`
	Irreversible string           `json:"irreversible,omitempty"`
}

func newShowResult(h *migration.History, m *migration.Migration) *showResult {
	r := &showResult{
		ID: m.ID, App: m.App, File: h.File(m.App, m.ID), Parents: m.Parents, Edited: m.Edited,
		By: []string{}, Operations: []showOperation{},
	}
	if m.Version != "" {
		r.By = append(r.By, "whimbrel "+m.Version)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Detectors)) {
		r.By = append(r.By, name+" "+m.Detectors[name])
	}
	for _, op := range m.Operations {
		line := output.NewOperationLine(op, nil)
		r.Operations = append(r.Operations, showOperation{
			OperationLine: line, Edits: op.Edits, Locks: op.Locks, Transaction: string(op.Transaction), Irreversible: op.Irreversible,
		})
	}
	return r
}

func (r *showResult) Print(p *output.Printer) {
	p.Line("%s", p.Bold(r.ID))
	rows := [][]string{{"file", r.File}, {"after", output.OrNone(strings.Join(r.Parents, ", "))}, {"by", output.OrNone(strings.Join(r.By, ", "))}}
	if r.Edited {
		rows = append(rows, []string{"edited", "the SQL was edited by hand and sealed"})
	}
	p.Table("  ", rows)
	for i, o := range r.Operations {
		p.Line("\n%s %s  %s", p.Bold(strconv.Itoa(i+1)), output.Flat(o.Summary), p.Dim("["+o.Detector+"]"))
		o.Print(p)
	}
}

func (o showOperation) Print(p *output.Printer) {
	for _, h := range o.Hazards {
		way := ""
		if h.Down {
			way = " on the way back"
		}
		p.Line("    %s%s", h.Words(p), way)
	}
	if o.Irreversible != "" {
		p.Line("    no way back: %s", output.Flat(o.Irreversible))
	}
	for _, lock := range o.Locks {
		p.Line("    locks the table of %s: %s", lock.Object.Path(), lock.Mode)
	}
	for _, e := range o.Edits {
		for _, text := range editLines(e) {
			p.Line("    %s", text)
		}
	}
}

// editLines returns what an edit does to the state.
func editLines(e state.Edit) []string {
	switch {
	case e.Put != nil:
		return []string{strings.TrimRight("put "+e.Put.Address.String()+" "+compact(e.Put.Attrs), " ")}
	case !e.Drop.IsZero():
		return []string{"drop " + e.Drop.String()}
	case e.Read != nil:
		return []string{"read the SQL of " + e.Read.Object.String() + " anew"}
	}
	var lines []string
	for _, r := range e.Rename {
		lines = append(lines, "rename "+r.From.String()+" to "+r.To.Path())
	}
	return lines
}

func compact(attrs json.RawMessage) string {
	if string(attrs) == "{}" {
		return ""
	}
	return string(attrs)
}
