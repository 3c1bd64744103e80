package runner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A Refusal is why a way back is not gone. Without anything in it, it is none.
type Refusal struct {
	Losses []Loss `json:"would_be_lost"`
	// Failed is how the way back fails where it was rehearsed, nil if it does not or
	// was not.
	Failed *postgres.ScriptError `json:"-"`

	stays string // the migration that can stay before it; empty: none
}

// None reports whether nothing is against the way back.
func (r Refusal) None() bool { return len(r.Losses) == 0 && r.Failed == nil }

// A Loss is one hazard on the way back that is real.
type Loss struct {
	Migration string `json:"migration"`
	Code      string `json:"code"`
	Object    string `json:"object"`
	Text      string `json:"text"`
	Unknown   bool   `json:"unknown,omitempty"` // the database could not tell
	Flag      string `json:"flag,omitempty"`    // that allows it; empty: nothing does
	Rows      int64  `json:"rows,omitempty"`    // that it is about; 0: not counted
	Query     string `json:"query,omitempty"`   // that finds them; empty: nobody knows one
	Said      string `json:"said,omitempty"`    // by the server, of a value that does not fit

	nulls bool // rows hold NULL, in a column that is there: they can be given a value
	later bool // another migration is rolled back before
}

// add adds a hazard, once.
func (r *Refusal) add(id string, h operation.Hazard, f finding) {
	l := Loss{
		Migration: id, Code: h.Code, Object: h.Object.String(), Text: h.Text, Rows: f.rows, Query: f.query, Said: f.said,
		Unknown: f.unknown && h.Code == operation.DataLoss, nulls: strings.Contains(h.Probe, " IS NULL"), later: f.later,
	}
	if h.Code == operation.DataLoss {
		l.Flag = "--allow " + diag.ShellWord(h.Code+":"+h.Object.Path())
	}
	same := func(other Loss) bool {
		return other.Migration == l.Migration && other.Object == l.Object && other.Text == l.Text
	}
	if !slices.ContainsFunc(r.Losses, same) {
		r.Losses = append(r.Losses, l)
	}
}

// fails reports whether a migration fails for values of an object.
func (r Refusal) fails(id string, object address.Address) bool {
	return slices.ContainsFunc(r.Losses, func(l Loss) bool {
		return l.Migration == id && l.Object == object.String() && l.Code == operation.NoFit
	})
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
	if losses := r.of(operation.NoFit); len(losses) > 0 {
		found = append(found, unfit(losses))
	}
	if r.Failed != nil {
		found = append(found, r.failure())
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
		Next:    wayOut(losses) + "; or go forward: put the field into the models as it was, and run: whimbrel make" + nearer(losses),
		Address: losses[0].Object,
	}
}

func unfit(losses []Loss) diag.Diagnostic {
	next := "correct these values, and roll back again"
	var queries []string
	for _, l := range losses {
		if l.Query != "" {
			queries = append(queries, "  "+l.Query+";")
		}
	}
	if len(queries) > 0 {
		next = "correct these values, and roll back again; their rows:\n" + strings.Join(queries, "\n")
	}
	return diag.Diagnostic{
		Code:    "WH0137",
		Summary: "rolling back would fail, as there are rows that do not fit into what comes back; nothing was done",
		Detail:  lines(losses),
		Next:    next + nearer(losses),
		Address: losses[0].Object,
	}
}

// failure is what the rehearsal has found.
func (r Refusal) failure() diag.Diagnostic {
	d := r.Failed.Diagnostic()
	d.Code = "WH0138"
	d.Summary = "rolling back would fail, as a rehearsal shows; nothing was done"
	d.Detail = r.Failed.Error()
	if said := r.Failed.Server.Detail; said != "" {
		d.Detail += "\n" + said
	}
	d.Next = "correct the data, and roll back again" + end(r.stays)
	return d
}

// nearer says how far the way back can be gone.
func nearer(losses []Loss) string {
	if !losses[0].later {
		return ""
	}
	return end(losses[0].Migration)
}

func end(id string) string {
	if id == "" {
		return ""
	}
	return "\nor stop before it: whimbrel rollback --to " + id
}

// wayOut says what has to become of the rows before the way back can be gone. Into a
// column that is gone nobody can write.
func wayOut(losses []Loss) string {
	gone := func(l Loss) bool { return !l.nulls }
	if slices.ContainsFunc(losses, gone) {
		return "the column comes back empty, and no row may be there that has no value for it: keep a copy of the rows, delete them, and roll back again"
	}
	return "give the rows a value where they hold null, or delete them, and roll back again"
}

func lines(losses []Loss) string {
	texts := make([]string, len(losses))
	for i, l := range losses {
		texts[i] = fmt.Sprintf("%s: %s", l.Object, l.Text)
		switch {
		case l.Rows > 0:
			texts[i] += " (" + diag.Plural(int(l.Rows), "row") + ")"
		case l.Said != "" && !l.Unknown:
			texts[i] += " (" + l.Said + ")"
		case l.Unknown:
			texts[i] += " (the database cannot tell whether there are any now)"
		}
	}
	return strings.Join(texts, "\n")
}
