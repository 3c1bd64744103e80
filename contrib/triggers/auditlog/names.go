package auditlog

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
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
func NewNames(migrations []*migration.Migration, applied []postgres.Applied) Names {
	found, freed := Names{}, map[string]time.Time{}
	for _, m := range migrations {
		i := slices.IndexFunc(applied, func(a postgres.Applied) bool { return a.App == m.App && a.ID == m.ID })
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

// Find returns the names in the log of the model that a user names: app.model, or
// model if there is one only. Those that are audited now and those that were renamed
// are tried first: to find the others, the whole log is read. If there is none, or
// several, the error is a diag.Diagnostic.
func (l *Log) Find(ctx context.Context, names Names, given string) ([]Name, error) {
	tables, err := l.Tables(ctx)
	if err != nil {
		return nil, err
	}
	known := slices.Collect(maps.Keys(names))
	for _, t := range tables {
		if t.Model != "" {
			known = append(known, t.Model)
		}
	}
	if found := names.called(given, known); len(found) == 1 {
		return names.Of(found[0]), nil
	}
	logged, err := l.Models(ctx)
	if err != nil {
		return nil, err
	}
	found := names.called(given, append(known, logged...))
	if len(found) != 1 {
		return nil, noModel(given, found, logged)
	}
	return names.Of(found[0]), nil
}

// called returns the models that a name can mean, sorted. A former name is meant
// only where no model has it now.
func (n Names) called(given string, known []string) []string {
	slices.Sort(known)
	var found []string
	for _, name := range slices.Compact(known) {
		if name == given {
			return []string{name}
		}
		if called(name, given) {
			found = append(found, name)
		}
	}
	present := slices.DeleteFunc(slices.Clone(found), n.former)
	if len(present) > 0 {
		return present
	}
	return found
}

// former reports whether a model gave up a name.
func (n Names) former(name string) bool {
	if _, again := n[name]; again {
		return false
	}
	for _, names := range n {
		if slices.ContainsFunc(names, func(m Name) bool { return m.Name == name && !m.Until.IsZero() }) {
			return true
		}
	}
	return false
}

// called reports whether a model goes by a name that may leave out its app, and
// quotes.
func called(model, given string) bool {
	if strings.HasSuffix(model, "."+given) {
		return true
	}
	a, err := address.Parse("model " + model)
	return err == nil && (a.Name() == given || strings.Join(a.Names(), ".") == given)
}

func noModel(given string, found, logged []string) diag.Diagnostic {
	if len(found) > 1 {
		return problem("WH0150", given+" names several models of the audit log", "They are: "+strings.Join(found, ", ")+".",
			"write the app in front of it, such as "+found[0])
	}
	list := "none"
	if len(logged) > 0 {
		list = strings.Join(logged, ", ")
	}
	return problem("WH0150", "the audit log has no model "+given, "It has: "+list+". A record keeps the name that the model had then.",
		"name one of them; what is not audited: write audit_trigger = true in the model, then whimbrel make")
}
