package statistics

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/sdk"
)

// allKinds are the kinds of statistics, in the order in which PostgreSQL says them.
var allKinds = []string{"ndistinct", "dependencies", "mcv"}

// kinds returns the kinds of statistics in PostgreSQL's order, none for all.
func (s attrs) kinds() []string {
	kinds := slices.DeleteFunc(slices.Clone(allKinds), func(kind string) bool { return !slices.Contains(s.Kinds, kind) })
	if len(kinds) == len(allKinds) {
		return nil
	}
	return kinds
}

func name(s attrs) string { return sdk.Qualified(s.Schema, s.Name) }

func keys(s attrs) []string { return []string{sdk.Name("statistics", s.Schema, s.Name)} }

func create(at sdk.Moment, o *sdk.Object, s attrs) []string {
	text := "CREATE STATISTICS " + name(s)
	if kinds := s.kinds(); len(kinds) > 0 {
		text += " (" + strings.Join(kinds, ", ") + ")"
	}
	var over []string
	if len(s.On) > 0 {
		over = append(over, at.Columns(s.On))
	}
	for _, expression := range s.Expressions {
		over = append(over, "("+at.Text(expression.Text)+")")
	}
	fresh := attrs{Schema: s.Schema, Name: s.Name}
	return append([]string{text + " ON " + strings.Join(over, ", ") + " FROM " + at.Table(o.Parent)}, alter(fresh, s)...)
}

func drop(s attrs) string { return "DROP STATISTICS " + name(s) }

// alter returns the changes of name, schema, target and comment.
func alter(from, to attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER STATISTICS "+name(from)+" SET SCHEMA "+sdk.Ident(to.Schema))
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER STATISTICS "+sdk.Qualified(to.Schema, from.Name)+" RENAME TO "+sdk.Ident(to.Name))
	}
	if was, is := target(from), target(to); was != is {
		texts = append(texts, "ALTER STATISTICS "+name(to)+" SET STATISTICS "+strconv.FormatInt(is, 10))
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("STATISTICS "+name(to), to.Comment))
	}
	return texts
}

// target is the statistics target, -1 for that of the columns.
func target(s attrs) int64 {
	if s.Target == nil {
		return -1
	}
	return *s.Target
}
