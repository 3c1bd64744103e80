package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// modelNames are the names that models had, oldest first, by the present one:
// records keep the name of their time. Only those of renamed models are in it.
type modelNames map[string][]postgres.AuditName

// names follows the renames in migrations that are applied. Without a project,
// or with one that cannot be read, there are none.
func (a *auditing) names(ctx context.Context) (modelNames, error) {
	found := modelNames{}
	if len(a.folders) == 0 {
		return found, nil
	}
	h, problems, err := migration.ReadHistory(a.folders...)
	if err != nil || problems.HasErrors() {
		return found, nil // the log can be read without
	}
	applied, err := a.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	freed := map[string]time.Time{}
	for _, m := range h.Migrations() {
		i := slices.IndexFunc(applied, func(d postgres.Applied) bool { return d.App == m.App && d.ID == m.ID })
		if i >= 0 {
			found.follow(m, applied[i].At, freed)
		}
	}
	return found, nil
}

// follow notes the renames of a migration. A join model has the path of its field.
func (n modelNames) follow(m *migration.Migration, at time.Time, freed map[string]time.Time) {
	for _, op := range m.Operations {
		for _, edit := range op.Edits {
			n.exchange(edit.Rename, at, freed)
			if put := edit.Put; put != nil && put.Address.Kind() == model.ModelKind {
				if since, again := freed[put.Address.Path()]; again && n[put.Address.Path()] == nil {
					n[put.Address.Path()] = []postgres.AuditName{{Name: put.Address.Path(), From: since}}
				}
			}
		}
	}
}

// exchange gives names of models to others, all at once.
func (n modelNames) exchange(renames []state.Rename, at time.Time, freed map[string]time.Time) {
	moved := modelNames{}
	for _, r := range renames {
		if kind := r.From.Kind(); kind != model.ModelKind && kind != model.FieldKind {
			continue
		}
		from, to := r.From.Path(), r.To.Path()
		names := slices.Clone(n.of(from))
		names[len(names)-1].Until = at
		moved[to] = append(names, postgres.AuditName{Name: to, From: at})
		freed[from] = at
	}
	for _, r := range renames {
		delete(n, r.From.Path())
	}
	for to, names := range moved {
		n[to] = names
	}
}

// of returns the names that a model had, by its present one. What is below a
// renamed model, such as a join model, was renamed with it.
func (n modelNames) of(name string) []postgres.AuditName {
	if names, ok := n[name]; ok {
		return names
	}
	for above := name; strings.Contains(above, "."); {
		above = above[:strings.LastIndex(above, ".")]
		names, ok := n[above]
		if !ok {
			continue
		}
		var below []postgres.AuditName
		for _, m := range names {
			below = append(below, postgres.AuditName{Name: m.Name + strings.TrimPrefix(name, above), From: m.From, Until: m.Until})
		}
		return below
	}
	return []postgres.AuditName{{Name: name}}
}

// present returns what the model of a record is called now.
func (n modelNames) present(r postgres.AuditRecord) string {
	for now, names := range n {
		for _, m := range names {
			rest, below := strings.CutPrefix(r.Model, m.Name)
			if below && (rest == "" || rest[0] == '.') && !r.At.Before(m.From) && (m.Until.IsZero() || r.At.Before(m.Until)) {
				return now + rest
			}
		}
	}
	return r.Model
}

// model returns the names in the log of the model that the user names: app.model,
// or model if there is one only. Those that are audited now and those that were
// renamed are tried first: to find the others, the whole log is read.
func (a *auditing) model(ctx context.Context, given string) ([]postgres.AuditName, error) {
	tables, err := a.db.AuditTables(ctx)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	var known []string
	for _, t := range tables {
		if t.Model != "" {
			known = append(known, t.Model)
		}
	}
	for now := range names {
		known = append(known, now)
	}
	if found := names.called(given, known); len(found) == 1 {
		return names.of(found[0]), nil
	}
	logged, err := a.db.AuditModels(ctx)
	if err != nil {
		return nil, err
	}
	found := names.called(given, append(known, logged...))
	if len(found) != 1 {
		return nil, noModel(given, found, logged)
	}
	return names.of(found[0]), nil
}

// called returns the models that a name can mean, sorted. A former name is meant
// only where no model has it now.
func (n modelNames) called(given string, known []string) []string {
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
func (n modelNames) former(name string) bool {
	if _, again := n[name]; again {
		return false
	}
	for _, names := range n {
		if slices.ContainsFunc(names, func(m postgres.AuditName) bool { return m.Name == name && !m.Until.IsZero() }) {
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

func noModel(given string, found, logged []string) error {
	d := diag.Diagnostic{
		Code: "WH0150", Summary: "the audit log has no model " + given,
		Detail: "It has: " + output.OrNone(strings.Join(logged, ", ")) + ". A record keeps the name that the model had then.",
		Next:   "name one of them; what is not audited: write audit_trigger = true in the model, then whimbrel make",
	}
	if len(found) > 1 {
		d.Summary = given + " names several models of the audit log"
		d.Detail = "They are: " + strings.Join(found, ", ") + "."
		d.Next = "write the app in front of it, such as " + found[0]
	}
	return d
}
