package detect_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// sales is the manifest of a plugin with a block of an app that has nearly
// everything: names, a query with its columns, a body in a language, references.
func sales(change func(*detect.Manifest)) *detect.Manifest {
	shape := detect.Shape{Attrs: []detect.Attr{
		{Name: "name", Type: detect.TypeString, Names: "relation"},
		{Name: "schema", Type: detect.TypeString, Names: "schema"},
		{Name: "query", Type: detect.TypeSQL, SQL: detect.SQLQuery, Columns: "columns"},
		{Name: "columns", Type: detect.TypeStrings},
		{Name: "language", Type: detect.TypeKeyword, OneOf: []string{"sql", "plpgsql"}},
		{Name: "body", Type: detect.TypeSQL, SQL: detect.SQLBody, Language: "language"},
		{Name: "source", Type: detect.TypeRef, Kinds: []string{"model", "other.thing"}},
		{Name: "base", Type: detect.TypeType},
		{Name: "default", Type: detect.TypeExpression, As: "base"},
		{Name: "check", Type: detect.TypeExpression, Given: "base"},
		{Name: "storage", Type: detect.TypeBlock, Shape: &detect.Shape{Attrs: []detect.Attr{{Name: "fillfactor", Type: detect.TypeInt}}}},
	}}
	m := &detect.Manifest{
		Name: "sales", Version: "1.0.0",
		Kinds:   []detect.Kind{{Name: "sales.summary", Naming: []string{"name", "schema"}, Likeness: detect.Judged}},
		Options: []detect.Option{{Name: "summary", On: detect.OnApp, Kind: "sales.summary", Labelled: true, Shape: shape}},
	}
	change(m)
	return m
}

// tables is the manifest of a built-in detector.
var tables = &detect.Manifest{Name: "model", Version: "1", Kinds: []detect.Kind{{Name: "model", Naming: []string{"table"}}}}

func TestAGoodManifest(t *testing.T) {
	t.Parallel()
	require.Empty(t, detect.Validate([]*detect.Manifest{tables, sales(func(*detect.Manifest) {})}))
	project := sales(func(m *detect.Manifest) { m.Options[0].On = detect.OnProject })
	require.Empty(t, detect.Validate([]*detect.Manifest{tables, project}))
}

// Kinds of plugins that are not there, and built-in ones where only plugins are
// looked at, are taken for granted.
func TestKindsThatCannotBeTold(t *testing.T) {
	t.Parallel()
	alone := sales(func(m *detect.Manifest) { m.Options[0].Shape.Attrs[6].Kinds = []string{"view", "other.thing"} })
	require.Empty(t, detect.Validate([]*detect.Manifest{alone}))
}

func TestManifestsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	type m = detect.Manifest
	attr := func(i int, change func(*detect.Attr)) func(*m) {
		return func(m *m) { change(&m.Options[0].Shape.Attrs[i]) }
	}
	for name, c := range map[string]struct {
		code, says string
		change     func(*m)
	}{
		"no label": {"WH4080", "option summary of the app is a block without a name", func(m *m) { m.Options[0].Labelled = false }},
		"no label in the project": {"WH4080", "option summary of the project", func(m *m) {
			m.Options[0].On, m.Options[0].Labelled = detect.OnProject, false
		}},
		"inherited": {"WH4004", "is for an app and cannot be inherited", func(m *m) { m.Options[0].Inherited = true }},
		"field":     {"WH4081", "argument name of option summary, of type field,", attr(0, func(a *detect.Attr) { a.Type = detect.TypeField })},
		"fields":    {"WH4081", "of type fields", attr(0, func(a *detect.Attr) { a.Type = detect.TypeFields })},
		"query":     {"WH4081", "of type query", attr(0, func(a *detect.Attr) { a.Type = detect.TypeQuery })},
		"expression over a model": {
			"WH4081", "argument check of option summary, of type expression, is over a model",
			attr(9, func(a *detect.Attr) { a.Given = "" }),
		},
		"field in a block in it": {
			"WH4081", "argument fillfactor of option summary",
			attr(10, func(a *detect.Attr) {
				a.Shape = &detect.Shape{Attrs: []detect.Attr{{Name: "fillfactor", Type: detect.TypeField}}}
			}),
		},
		"kind of nobody": {"WH4082", "names a table, which is no kind", attr(6, func(a *detect.Attr) { a.Kinds = []string{"table"} })},
		"kind that its plugin does not have": {
			"WH4082", "names a sales.view",
			attr(6, func(a *detect.Attr) { a.Kinds = []string{"sales.view"} }),
		},
		"named by nothing": {"WH4083", "kind sales.summary is named by title", func(m *m) { m.Kinds[0].Naming = []string{"name", "title"} }},
		"columns":          {"WH4083", "argument query of option summary leads to heads", attr(2, func(a *detect.Attr) { a.Columns = "heads" })},
		"language":         {"WH4083", "leads to tongue", attr(5, func(a *detect.Attr) { a.Language = "tongue" })},
		"as":               {"WH4083", "leads to basis", attr(8, func(a *detect.Attr) { a.As = "basis" })},
		"given":            {"WH4083", "leads to basis", attr(9, func(a *detect.Attr) { a.Given = "basis" })},
		"class of names":   {"WH4084", "is a name of class table", attr(0, func(a *detect.Attr) { a.Names = "table" })},
		"another name":     {"WH4087", "argument label of option summary is a name and is not called name", attr(0, func(a *detect.Attr) { a.Name = "label" })},
		"another schema":   {"WH4087", "is not called schema", attr(1, func(a *detect.Attr) { a.Name = "space" })},
		"type with both":   {"WH4085", "says not one of values and base", func(m *m) { m.Kinds[0].Type = &detect.TypeKind{Values: "columns", Base: "base"} }},
		"type with none":   {"WH4085", "kind sales.summary is a type", func(m *m) { m.Kinds[0].Type = &detect.TypeKind{} }},
		"values that are no strings": {"WH4083", "a type by name, which no option has as a strings", func(m *m) {
			m.Kinds[0].Type = &detect.TypeKind{Values: "name"}
		}},
		"base that is no type": {"WH4083", "a type by basis, which no option has as a type", func(m *m) {
			m.Kinds[0].Type = &detect.TypeKind{Base: "basis"}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := detect.ValidateAt([]*detect.Manifest{tables, sales(c.change)}, func(string) diag.Range {
				return diag.Range{File: "whimbrel.hcl", Start: diag.Pos{Line: 3, Column: 1}}
			})
			require.NotEmpty(t, found)
			i := 0
			for i < len(found)-1 && found[i].Code != c.code {
				i++
			}
			require.Equal(t, c.code, found[i].Code, found)
			require.Contains(t, found[i].Summary, c.says)
			require.Contains(t, found[i].Summary, `"sales"`)
			require.Equal(t, "report it to the author of sales 1.0.0", found[i].Next)
		})
	}
}

// A detector that says it judges has to be able to.
func TestAbilities(t *testing.T) {
	t.Parallel()
	m := sales(func(*detect.Manifest) {})
	found := detect.ValidateAbilities(silent{m})
	require.Len(t, found, 1)
	require.Equal(t, "WH4086", found[0].Code)
	require.Contains(t, found[0].Summary, "the likeness of kind sales.summary is judged")
	require.Empty(t, detect.ValidateAbilities(judging{silent{m}}))
	require.Empty(t, detect.ValidateAbilities(silent{tables}))
}

// silent detects nothing and judges nothing.
type silent struct{ m *detect.Manifest }

func (s silent) Manifest() *detect.Manifest { return s.m }

func (s silent) Detect(context.Context, detect.Pass) (detect.Result, error) {
	return detect.Result{}, nil
}

type judging struct{ silent }

func (judging) Judge(context.Context, detect.Comparison) ([]detect.Alikeness, error) { return nil, nil }
