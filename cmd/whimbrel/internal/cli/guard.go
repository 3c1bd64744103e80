package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A refusal is what would be lost on the way back.
type refusal struct {
	Losses []loss `json:"would_be_lost"`
}

type loss struct {
	Migration string `json:"migration"`
	Object    string `json:"object"`
	Text      string `json:"text"`
	Unknown   bool   `json:"unknown,omitempty"` // the database could not tell
	Flag      string `json:"flag"`
}

func (r refusal) print(*printer) {} // the diagnostic says it all

// guard asks the database what the way back would lose, before anything of it is
// done. What nobody allowed is an error with the exit code of hazards.
func (b *back) guard(ctx context.Context, stages []stage) (result, error) {
	if err := irreversible(stages); err != nil {
		return nil, err
	}
	var refused refusal
	for _, st := range stages {
		for _, h := range st.parsed.Hazards(true) {
			if h.Code != operation.DataLoss || b.allow.covers(h.Code, h.Object) {
				continue
			}
			lost, unknown, err := b.ask(ctx, h)
			if err != nil {
				return nil, err
			}
			if lost || unknown {
				refused.add(st.parsed.ID, h, unknown)
			}
		}
	}
	if len(refused.Losses) == 0 {
		return nil, nil
	}
	return refused, exitError{code: exitHazard, err: refused.diagnostic()}
}

// ask runs the probe of a hazard. Without a probe there is always something to lose.
func (b *back) ask(ctx context.Context, h operation.Hazard) (lost, unknown bool, err error) {
	if h.Probe == "" {
		return true, false, nil
	}
	lost, err = b.db.Probe(ctx, h.Probe)
	if errors.Is(err, postgres.ErrUnknown) {
		return false, true, nil
	}
	return lost, false, err
}

func (r *refusal) add(id string, h operation.Hazard, unknown bool) {
	flag := "--allow " + shellWord(h.Code+":"+h.Object.Path())
	r.Losses = append(r.Losses, loss{Migration: id, Object: h.Object.String(), Text: h.Text, Unknown: unknown, Flag: flag})
}

func (r refusal) diagnostic() diag.Diagnostic {
	var lines, flags []string
	for _, l := range r.Losses {
		text := fmt.Sprintf("%s: %s", l.Object, l.Text)
		if l.Unknown {
			text += " (the database cannot tell whether there are any now)"
		}
		lines = append(lines, text)
		flags = append(flags, "  "+l.Flag)
	}
	return diag.Diagnostic{
		Code:    "WH0130",
		Summary: "rolling back would lose data; nothing was done",
		Detail:  strings.Join(lines, "\n"),
		Next:    "keep a copy, then allow what may be lost:\n" + strings.Join(flags, "\n") + "\nor all of it: --allow data_loss",
		Address: r.Losses[0].Object,
	}
}

// shellWord returns text in quotes where a shell would take it apart.
func shellWord(text string) string {
	if strings.ContainsAny(text, " \"'$\\`;&|<>()*?[]!#~\n\t") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}
