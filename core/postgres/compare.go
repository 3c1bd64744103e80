package postgres

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Compare holds the record of a database against the scripts of the project,
// which stand in the order of running. It returns the scripts that are not
// applied, and what is wrong: a script that was changed after it was applied, one
// that is applied and not there, one that should have been applied before others
// that are. Warnings do not keep anyone from applying what is pending.
func Compare(applied []AppliedMigration, scripts []Script) (pending []Script, problems diag.List) {
	c := comparison{applied: map[key]AppliedMigration{}, known: map[key]bool{}}
	for _, a := range applied {
		c.applied[key{a.App, a.ID}] = a
	}
	for _, s := range scripts {
		c.known[key{s.App, s.ID}] = true
		if _, ok := c.applied[key{s.App, s.ID}]; !ok {
			pending = append(pending, s)
		}
	}
	problems = append(problems, c.changed(scripts)...)
	problems = append(problems, c.unknown(applied, len(pending) > 0)...)
	return pending, append(problems, c.late(scripts)...)
}

type key struct{ app, id string }

type comparison struct {
	applied map[key]AppliedMigration
	known   map[key]bool
}

// changed reports scripts that are not what was applied.
func (c comparison) changed(scripts []Script) diag.List {
	var found diag.List
	for _, s := range scripts {
		a, ok := c.applied[key{s.App, s.ID}]
		if !ok || a.Checksum == s.Checksum || a.Faked {
			continue
		}
		found = append(found, diag.Diagnostic{
			Code: "WH5111", Summary: "migration " + s.ID + " was changed after it was applied",
			Detail: fmt.Sprintf("It was applied on %s; a database that is migrated from now on would become another one.",
				a.At.UTC().Format("2006-01-02 15:04:05 MST")),
			Next:  "restore " + s.File + " as it was, and make a new migration for the change",
			Range: lineRange(s.File, 1, 1),
		})
	}
	return found
}

// unknown reports applied migrations without a script. As long as there is
// nothing to apply, that is an older checkout and does no harm.
func (c comparison) unknown(applied []AppliedMigration, pending bool) diag.List {
	var ids []string
	for _, a := range applied {
		if !c.known[key{a.App, a.ID}] {
			ids = append(ids, a.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	d := diag.Diagnostic{
		Severity: diag.Warning, Code: "WH5112",
		Summary: "the database is ahead of the migration files: " + strings.Join(ids, ", "),
		Detail:  "These migrations are applied, and there are no files of them.",
		Next:    "get the files, such as from the branch that was deployed, or check that the URL is that of the right database",
	}
	if pending {
		d.Severity = diag.Error
		d.Detail += " What is to be applied was made without them and may contradict them."
	}
	if n := c.trailing(applied); n > 0 {
		d.Next += fmt.Sprintf("; or undo them, by the SQL that the database has recorded: whimbrel rollback --steps %d", n)
	}
	return diag.List{d}
}

// trailing returns how many of the migrations that were applied last have no script.
func (c comparison) trailing(applied []AppliedMigration) int {
	n := 0
	for _, a := range slices.Backward(applied) {
		if c.known[key{a.App, a.ID}] {
			break
		}
		n++
	}
	return n
}

// late reports scripts that are pending although one behind them is applied.
func (c comparison) late(scripts []Script) diag.List {
	required := c.ancestors(scripts)
	var found diag.List
	later := ""
	for _, s := range slices.Backward(scripts) {
		if _, ok := c.applied[key{s.App, s.ID}]; ok {
			later = s.ID
			continue
		}
		if by := required[s.ID]; by != "" {
			found = append(found, diag.Diagnostic{
				Code: "WH5113", Range: lineRange(s.File, 1, 1),
				Summary: "migration " + s.ID + " is not applied, but " + by + ", which builds on it, is",
				Detail:  "The record of the database is incomplete, or the order of the files was changed.",
				Next:    "if its changes are in the database, record it: whimbrel migrate --to " + s.ID + " --fake",
			})
			continue
		}
		if later != "" {
			found = append(found, diag.Diagnostic{
				Severity: diag.Warning, Code: "WH5114", Range: lineRange(s.File, 1, 1),
				Summary: "migration " + s.ID + " is applied late: " + later + " stands behind it and is applied already",
				Detail:  "They come from different branches. Neither builds on the other, so either may come first.",
			})
		}
	}
	slices.Reverse(found)
	return found
}

// ancestors returns, for each migration that an applied one builds on, the ID of
// one that does.
func (c comparison) ancestors(scripts []Script) map[string]string {
	by := map[string]string{}
	for _, s := range slices.Backward(scripts) {
		_, applied := c.applied[key{s.App, s.ID}]
		for _, parent := range s.Parents {
			switch {
			case applied:
				by[parent] = s.ID
			case by[s.ID] != "":
				by[parent] = by[s.ID]
			}
		}
	}
	return by
}
