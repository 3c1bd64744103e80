package auditlog

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Names are the names that models had, oldest first, by the present one: records
// keep the name of their time. Only those of renamed models are in it; nil knows of
// none.
type Names map[string][]Name

// NewNames follows the renames in migrations, which are in the order of running, as
// far as they are applied. A join model has the path of its field.
func NewNames(migrations []*migration.Migration, applied []postgres.AppliedMigration) Names {
	found, freed := Names{}, map[string]time.Time{}
	for _, m := range migrations {
		i := slices.IndexFunc(applied, func(a postgres.AppliedMigration) bool { return a.App == m.App && a.ID == m.ID })
		if i < 0 {
			continue
		}
		for _, op := range m.Operations {
			for _, edit := range op.Edits {
				found.follow(edit, applied[i].At, freed)
			}
		}
	}
	return found
}

// follow notes what an edit does to names; freed are those that were given up, with
// the times.
func (n Names) follow(edit state.Edit, at time.Time, freed map[string]time.Time) {
	n.exchange(edit.Rename, at, freed)
	if edit.Put == nil || edit.Put.Address.Kind() != model.ModelKind {
		return
	}
	path := edit.Put.Address.Path()
	if since, again := freed[path]; again && n[path] == nil {
		n[path] = []Name{{Name: path, From: since}}
	}
}

// exchange gives names of models to others, all at once. What is below a renamed
// model, such as a join model, is renamed with it.
func (n Names) exchange(renames []state.Rename, at time.Time, freed map[string]time.Time) {
	moved, gone := Names{}, []string{}
	move := func(from, to string) {
		names := slices.Clone(n.Of(from))
		names[len(names)-1].Until = at
		moved[to], gone = append(names, Name{Name: to, From: at}), append(gone, from)
	}
	for _, r := range renames {
		if kind := r.From.Kind(); kind != model.ModelKind && kind != model.FieldKind {
			continue
		}
		for below := range n {
			rest, is := strings.CutPrefix(below, r.From.Path()+".")
			if is && !slices.ContainsFunc(renames, func(other state.Rename) bool { return other.From.Path() == below }) {
				move(below, r.To.Path()+"."+rest)
			}
		}
		move(r.From.Path(), r.To.Path())
		freed[r.From.Path()] = at
	}
	for _, name := range gone {
		delete(n, name)
	}
	maps.Copy(n, moved)
}

// Of returns the names that a model had, by its present one. What is below a
// renamed model, such as a join model, was renamed with it.
func (n Names) Of(name string) []Name {
	if names, ok := n[name]; ok {
		return names
	}
	for above := name; strings.Contains(above, "."); {
		above = above[:strings.LastIndex(above, ".")]
		names, ok := n[above]
		if !ok {
			continue
		}
		var below []Name
		for _, m := range names {
			below = append(below, Name{Name: m.Name + strings.TrimPrefix(name, above), From: m.From, Until: m.Until})
		}
		return below
	}
	return []Name{{Name: name}}
}

// Present returns what the model of a record is called now. Where it was below a
// model and had a name of its own as well, its own counts.
func (n Names) Present(r Record) string {
	present, longest := r.Model, -1
	for _, now := range slices.Sorted(maps.Keys(n)) {
		for _, m := range n[now] {
			rest, below := strings.CutPrefix(r.Model, m.Name)
			if below && (rest == "" || rest[0] == '.') && m.at(r.At) && len(m.Name) > longest {
				present, longest = now+rest, len(m.Name)
			}
		}
	}
	return present
}

// at reports whether the model had the name at a time.
func (m Name) at(t time.Time) bool {
	return !t.Before(m.From) && (m.Until.IsZero() || t.Before(m.Until))
}
