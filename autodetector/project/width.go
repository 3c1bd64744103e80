package project

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/state"
)

// maxColumns is how many columns a table of PostgreSQL can have, those included that
// were dropped.
const maxColumns = 1600

// widths are how many columns tables ever had, by the paths of models, and the fields
// that are there, by their paths.
type widths struct {
	wholes, members map[string]bool // kinds: tables, and what they consist of
	ever            map[string]int
	there           map[string]bool
}

// newWidths returns the widths of no tables. What consists of members is a table.
func newWidths() *widths {
	w := &widths{wholes: map[string]bool{}, members: map[string]bool{}, ever: map[string]int{}, there: map[string]bool{}}
	for _, m := range detect.ManifestsOf(builtin.Detectors()...) {
		for _, kind := range m.Kinds {
			for _, member := range kind.Members {
				w.wholes[kind.Name], w.members[member] = true, true
			}
		}
	}
	return w
}

// checkWidths returns the error for a table that would get more columns than PostgreSQL
// has room for: a column that is dropped keeps its place.
func checkWidths(old, made []*migration.Migration) error {
	all, w := slices.Concat(old, made), newWidths()
	if w.puts(all) <= maxColumns {
		return nil
	}
	for _, m := range all {
		for _, op := range m.Operations {
			for _, edit := range op.Edits {
				w.take(edit)
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(w.ever)) {
		if count := w.ever[path]; count > maxColumns {
			return w.tooMany(path, count)
		}
	}
	return nil
}

// puts returns how often a field is put into the state.
func (w *widths) puts(list []*migration.Migration) (count int) {
	for _, m := range list {
		for _, op := range m.Operations {
			for _, edit := range op.Edits {
				if edit.Put != nil && w.members[edit.Put.Address.Kind()] {
					count++
				}
			}
		}
	}
	return count
}

func (w *widths) take(edit state.Edit) {
	switch {
	case edit.Put != nil:
		path := edit.Put.Address.Path()
		if w.members[edit.Put.Address.Kind()] && !w.there[path] && bytes.Contains(edit.Put.Attrs, []byte(`"column":`)) {
			w.there[path] = true
			w.ever[edit.Put.Parent.Path()]++
		}
	case len(edit.Rename) > 0:
		w.rename(edit.Rename)
	case w.members[edit.Drop.Kind()]:
		delete(w.there, edit.Drop.Path())
	case w.wholes[edit.Drop.Kind()]:
		delete(w.ever, edit.Drop.Path())
		maps.DeleteFunc(w.there, func(path string, _ bool) bool { return strings.HasPrefix(path, edit.Drop.Path()+".") })
	}
}

// rename gives models and fields other paths, all at once.
func (w *widths) rename(list []state.Rename) {
	renamed := func(path string) string {
		for _, r := range list {
			if kind := r.From.Kind(); !w.wholes[kind] && !w.members[kind] {
				continue
			}
			if rest, ok := strings.CutPrefix(path, r.From.Path()); ok && (rest == "" || rest[0] == '.') {
				return r.To.Path() + rest
			}
		}
		return path
	}
	before := *w
	w.ever, w.there = map[string]int{}, map[string]bool{}
	for path, count := range before.ever {
		w.ever[renamed(path)] = count
	}
	for path := range before.there {
		w.there[renamed(path)] = true
	}
}

func (w *widths) tooMany(path string, count int) error {
	now := 0
	for field := range w.there {
		if strings.HasPrefix(field, path+".") {
			now++
		}
	}
	return diag.Diagnostic{
		Code:    "WH0143",
		Summary: fmt.Sprintf("the table of model %s would have %d columns, and its migrations dropped %d more", path, now, count-now),
		Detail:  fmt.Sprintf("A table of PostgreSQL has room for %d, and a column that was dropped keeps its place.", maxColumns),
		Next:    "make a new model, copy the rows by hand, and drop this one; or divide it, with a one_to_one between the parts",
	}
}
