package view

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/query"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(v attrs) string { return sdk.Qualified(v.Schema, v.Name) }

func keys(v attrs) []string {
	return query.Keys(v.Schema, v.Name)
}

func create(m sdk.Moment, v attrs) []string {
	texts := []string{"CREATE VIEW " + body(m, v)}
	if v.Comment != "" {
		texts = append(texts, sdk.Comment("VIEW "+name(v), v.Comment))
	}
	return texts
}

// body is what stands behind CREATE VIEW.
func body(m sdk.Moment, v attrs) string {
	text := name(v) + query.Head(v.Query, v.Columns)
	if options := options(v); len(options) > 0 {
		text += " WITH (" + strings.Join(options, ", ") + ")"
	}
	text += " AS\n" + query.Body(m, v.Query)
	if v.Check != "" {
		text += "\nWITH " + strings.ToUpper(v.Check) + " CHECK OPTION"
	}
	return text
}

func options(v attrs) []string {
	var list []string
	if v.Barrier {
		list = append(list, "security_barrier = true")
	}
	if v.Invoker {
		list = append(list, "security_invoker = true")
	}
	return list
}

// alter returns the changes but for those of name and schema. Names of columns come
// first: the new query has them.
func alter(m sdk.Moment, from, to attrs) []string {
	var texts []string
	for i, c := range from.Columns {
		if i < len(to.Columns) && c.Name != to.Columns[i].Name {
			texts = append(texts, "ALTER VIEW "+name(to)+" RENAME COLUMN "+sdk.Ident(c.Name)+" TO "+sdk.Ident(to.Columns[i].Name))
		}
	}
	if !sdk.Same(from.Query, to.Query) || len(from.Columns) != len(to.Columns) || from.Check != to.Check || from.Barrier != to.Barrier || from.Invoker != to.Invoker {
		texts = append(texts, "CREATE OR REPLACE VIEW "+body(m, to))
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("VIEW "+name(to), to.Comment))
	}
	return texts
}

// move returns the statements that give a view another schema and name.
func move(from, to attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER VIEW "+name(from)+" SET SCHEMA "+sdk.Ident(to.Schema))
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER VIEW "+sdk.Qualified(to.Schema, from.Name)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}

// inPlace reports whether PostgreSQL takes a view's new query in place of the old
// one: the columns that are there keep their places and types. With the same query
// only names of columns differ, which it takes too.
func inPlace(from, to attrs) bool {
	if sdk.Same(from.Query, to.Query) && len(from.Columns) == len(to.Columns) {
		return sameTypes(from.Columns, to.Columns, true)
	}
	return len(from.Columns) > 0 && len(from.Columns) <= len(to.Columns) && sameTypes(from.Columns, to.Columns[:len(from.Columns)], false)
}

// sameTypes reports whether columns have the same types. Of one whose type is not
// known that is certain only where the query is the same.
func sameTypes(a, b []model.Column, query bool) bool {
	for i := range a {
		if a[i].Type != b[i].Type || a[i].Type == "" && !query {
			return false
		}
	}
	return true
}
