package auditlog

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
)

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
