package sql

import (
	"cmp"
	"regexp"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// located returns a statement as the schemas that are looked in at its place have it.
func (w *Work) located(s Statement) Statement {
	here := *s.file
	s.file = &here
	return s
}

// home is the schema in which a file makes what is named without one.
func (w *Work) home(f *file) string {
	if f.set && len(f.path) > 0 && f.path[0] != "" {
		return f.path[0]
	}
	return w.appOf(f).Schema
}

func (w *Work) appOf(f *file) source.App {
	for _, a := range w.apps {
		if a.Label == f.App {
			return a
		}
	}
	return source.App{Label: f.App, Schema: publicSchema}
}

// belongs says which app has what a statement makes or says something of. A file of one
// app can hold what the schema of another has.
func (s Statement) belongs(app source.App) { s.file.about = &app }

// appFor returns the app of what a statement makes or says something of.
func (w *Work) appFor(s Statement) source.App {
	if s.file.about != nil {
		return *s.file.about
	}
	return w.app(s.file, w.home(s.file))
}

// Made returns the name of what a statement makes, with its schema.
func (w *Work) Made(s Statement, n ddl.Name) ddl.Name {
	return ddl.Name{Schema: cmp.Or(n.Schema, w.home(s.file)), Name: n.Name}
}

// candidates are the names that one without a schema can stand for.
func (w *Work) candidates(f *file, n ddl.Name) []ddl.Name {
	if n.Schema != "" {
		return []ddl.Name{n}
	}
	schemas := []string{w.home(f)}
	for _, schema := range append(slices.Clone(f.path), w.appOf(f).Schema, publicSchema) {
		if schema != "" && !slices.Contains(schemas, schema) {
			schemas = append(schemas, schema)
		}
	}
	names := make([]ddl.Name, len(schemas))
	for i, schema := range schemas {
		names[i] = ddl.Name{Schema: schema, Name: n.Name}
	}
	return names
}

// app returns the app of a schema: the file's own, where it has the schema or no app
// has it.
func (w *Work) app(f *file, schema string) source.App {
	own := w.appOf(f)
	if own.Schema == schema {
		return own
	}
	for _, a := range w.apps {
		if a.Schema == schema {
			return a
		}
	}
	return own
}

// plain is what a word of the model language is.
var plain = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL_][\pL\p{Nd}_]*$`) })

// free returns a label for a name that nothing of a class of labels in an app has. Second is
// what is tried after the name, if any.
func (w *Work) free(app, class string, name ddl.Name, second string) string {
	label := name.Name
	for i := 1; ; i++ {
		switch {
		case i == 2 && second != "":
			label = second
		case i == 2 && name.Schema != "":
			label = name.Schema + "_" + name.Name
		case i > 1:
			label = numbered(name.Name, i)
		}
		key := [3]string{app, class, label}
		if !w.labels[key] && !(class == TypeClass && ownType(label)) {
			w.labels[key] = true
			return label
		}
	}
}

func ownType(name string) bool {
	_, own := pgtype.Lookup(name)
	return own
}
