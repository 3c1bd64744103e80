package runner

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Refusal is why a way back is not gone. Without losses it is none.
type Refusal struct {
	Losses []Loss `json:"would_be_lost"`
}

// A Loss is one hazard on the way back that is real.
type Loss struct {
	Migration string `json:"migration"`
	Code      string `json:"code"`
	Object    string `json:"object"`
	Text      string `json:"text"`
	Unknown   bool   `json:"unknown,omitempty"` // the database could not tell
	Flag      string `json:"flag,omitempty"`    // that allows it; empty: nothing does
}

func (r *Refusal) add(id string, h operation.Hazard, unknown bool) {
	l := Loss{Migration: id, Code: h.Code, Object: h.Object.String(), Text: h.Text, Unknown: unknown}
	if h.Code == operation.DataLoss {
		l.Flag = "--allow " + diag.ShellWord(h.Code+":"+h.Object.Path())
	}
	r.Losses = append(r.Losses, l)
}

// Diagnostics returns the refusal for the user.
func (r Refusal) Diagnostics() diag.List {
	var found diag.List
	if losses := r.of(operation.DataLoss); len(losses) > 0 {
		found = append(found, lossy(losses))
	}
	if losses := r.of(operation.NoValue); len(losses) > 0 {
		found = append(found, impossible(losses))
	}
	return found
}

func (r Refusal) of(code string) []Loss {
	var found []Loss
	for _, l := range r.Losses {
		if l.Code == code {
			found = append(found, l)
		}
	}
	return found
}

func lossy(losses []Loss) diag.Diagnostic {
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

func impossible(losses []Loss) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH0132",
		Summary: "rolling back would fail; nothing was done",
		Detail:  lines(losses),
		Next: "give the rows a value where they hold null, or delete them, and roll back again; " +
			"or go forward: put the field into the models as it was, and run: whimbrel make",
		Address: losses[0].Object,
	}
}

func lines(losses []Loss) string {
	texts := make([]string, len(losses))
	for i, l := range losses {
		texts[i] = fmt.Sprintf("%s: %s", l.Object, l.Text)
		if l.Unknown {
			texts[i] += " (the database cannot tell whether there are any now)"
		}
	}
	return strings.Join(texts, "\n")
}
