package cli

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A refusal is why a way back is not gone.
type refusal struct {
	Losses []loss `json:"would_be_lost"`
}

// A loss is one hazard on the way back that is real.
type loss struct {
	Migration string `json:"migration"`
	Code      string `json:"code"`
	Object    string `json:"object"`
	Text      string `json:"text"`
	Unknown   bool   `json:"unknown,omitempty"` // the database could not tell
	Flag      string `json:"flag,omitempty"`    // that allows it; empty: nothing does
}

func (r refusal) Print(*output.Printer) {} // the diagnostics say it all

func (r *refusal) add(id string, h operation.Hazard, unknown bool) {
	l := loss{Migration: id, Code: h.Code, Object: h.Object.String(), Text: h.Text, Unknown: unknown}
	if h.Code == operation.DataLoss {
		l.Flag = "--allow " + shellWord(h.Code+":"+h.Object.Path())
	}
	r.Losses = append(r.Losses, l)
}

func (r refusal) diagnostics() diag.List {
	var found diag.List
	if lost := r.of(operation.DataLoss); len(lost) > 0 {
		found = append(found, lossy(lost))
	}
	if stuck := r.of(operation.NoValue); len(stuck) > 0 {
		found = append(found, impossible(stuck))
	}
	return found
}

func (r refusal) of(code string) []loss {
	var found []loss
	for _, l := range r.Losses {
		if l.Code == code {
			found = append(found, l)
		}
	}
	return found
}

func lossy(losses []loss) diag.Diagnostic {
	var flags []string
	for _, l := range losses {
		flags = append(flags, "  "+l.Flag)
	}
	return diag.Diagnostic{
		Code:    "WH0130",
		Summary: "rolling back would lose data; nothing was done",
		Detail:  lines(losses),
		Next:    "keep a copy, then allow what may be lost:\n" + strings.Join(flags, "\n") + "\nor all of it: --allow data_loss",
		Address: losses[0].Object,
	}
}

func impossible(losses []loss) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH0132",
		Summary: "rolling back would fail; nothing was done",
		Detail:  lines(losses),
		Next: "give the rows a value where they hold null, or delete them, and roll back again; " +
			"or go forward: put the field into the models as it was, and run: whimbrel make",
		Address: losses[0].Object,
	}
}

func lines(losses []loss) string {
	texts := make([]string, len(losses))
	for i, l := range losses {
		texts[i] = fmt.Sprintf("%s: %s", l.Object, l.Text)
		if l.Unknown {
			texts[i] += " (the database cannot tell whether there are any now)"
		}
	}
	return strings.Join(texts, "\n")
}

// shellWord returns text in quotes where a shell would take it apart.
func shellWord(text string) string {
	if strings.ContainsAny(text, " \"'$\\`;&|<>()*?[]!#~\n\t") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}
