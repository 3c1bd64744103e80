package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Rebase is a branch whose migrations are made anew behind those of the other branch.
type Rebase struct {
	// TakenBack are the migrations of the branch, the last one first.
	TakenBack []*Undone
	// Plan are those in their place. Nil: they are not made yet.
	*Plan
}

// Rebase takes back the migrations of the branch that has the named one, and all that
// build on them, and plans anew what they did, from the models as they are now. What they
// have renamed is renamed again; other questions are the user's. Nothing is done where
// a database has one of them, or where one has SQL that was written by hand. With an
// error, TakenBack are those that are gone nevertheless.
func (p *Project) Rebase(ctx context.Context, what Undoing, options PlanOptions) (*Rebase, error) {
	h, err := p.sound(migration.ReadDivided(p.Folders()...))
	if err != nil {
		return nil, err
	}
	line, err := p.branch(h, what)
	if err != nil {
		return nil, err
	}
	r := &Rebase{}
	for _, m := range slices.Backward(line) {
		undone, err := p.Undo(ctx, Undoing{Name: m.ID, Holders: what.Holders})
		if err != nil {
			return r, err
		}
		r.TakenBack = append(r.TakenBack, undone)
	}
	options.Answers.Renames = append(renamesOf(line), options.Answers.Renames...)
	if options.Name == "" {
		options.Name = nameOf(line)
	}
	r.Plan, err = p.Plan(ctx, options)
	return r, err
}

// nameOf returns the name that migrations of one change have, the second one with a number
// behind it; none where they have several.
func nameOf(line []*migration.Migration) string {
	if len(line) == 0 {
		return ""
	}
	_, name, _ := strings.Cut(line[0].ID, "_")
	for i, m := range line[1:] {
		if !strings.HasSuffix(m.ID, fmt.Sprintf("_%s_%d", name, i+2)) {
			return ""
		}
	}
	return name
}

// branch returns the migrations that have to be made anew, in the order of the history.
func (p *Project) branch(h *migration.History, what Undoing) ([]*migration.Migration, error) {
	named, err := h.Find(what.Name)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, head := range h.Heads(named.App) {
		if !slices.Contains(h.Ancestors(head.ID), named) {
			others = append(others, head.ID)
		}
	}
	if len(others) == 0 {
		return nil, noBranch(named.ID)
	}
	line := h.Descendants(first(h, named, h.Ancestors(others...)).ID)
	for _, m := range line {
		if err := what.unmakeable(m); err != nil {
			return nil, err
		}
	}
	return line, nil
}

// first returns the first migration of a branch: the others do not have it.
func first(h *migration.History, named *migration.Migration, others []*migration.Migration) *migration.Migration {
	own := h.Ancestors(named.ID)
	i := slices.IndexFunc(own, func(m *migration.Migration) bool { return m.App == named.App && !slices.Contains(others, m) })
	return own[i]
}

func noBranch(id string) error {
	return diag.Diagnostic{
		Code: "WH3041", Summary: fmt.Sprintf("%s is on no branch of its own", id),
		Detail: "A migration can be made anew behind those of another branch, of which there is none here that lacks it.",
		Next:   "name one of the last migrations: whimbrel status; or bring branches together that commute: whimbrel merge",
	}
}

// unmakeable returns why a migration cannot be made anew, nil if it can.
func (what Undoing) unmakeable(m *migration.Migration) error {
	if m.Opaque || m.Edited {
		return diag.Diagnostic{
			Code: "WH3042", Summary: fmt.Sprintf("%s has SQL that was written by hand, which nobody can make anew", m.ID),
			Next: "take it back, and write it again behind the others: whimbrel make --undo " + m.ID,
		}
	}
	return what.held(m.ID)
}

// renamesOf returns what migrations have renamed, from the first name to the last one, as
// flags say it.
func renamesOf(line []*migration.Migration) []string {
	var all []state.Rename
	for _, m := range line {
		for _, op := range m.Operations {
			for _, edit := range op.Edits {
				for _, r := range edit.Rename {
					all = joined(all, r)
				}
			}
		}
	}
	flags := make([]string, len(all))
	for i, r := range all {
		flags[i] = r.From.Path() + "=" + r.To.Path()
	}
	return flags
}

// joined adds a rename behind others, one of which it may go on with.
func joined(all []state.Rename, r state.Rename) []state.Rename {
	if i := slices.IndexFunc(all, func(before state.Rename) bool { return before.To == r.From }); i >= 0 {
		all[i].To = r.To
		return all
	}
	return append(all, r)
}
