package materializedview

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// An index is one over the rows of a materialized view.
type index struct {
	Comment string   `json:"comment,omitempty"`
	Fields  []string `json:"fields,omitempty"`
	Include []string `json:"include,omitempty"`
	Label   string   `json:"label"`
	Method  string   `json:"method,omitempty"`
	Name    string   `json:"name,omitempty"` // empty: after the view and the label
	On      []string `json:"on,omitempty"`   // SQL, over the columns of the view
	Unique  bool     `json:"unique,omitempty"`
	Where   string   `json:"where,omitempty"` // SQL
}

// named returns the name of an index of a view.
func (i index) named(v attrs) string {
	if i.Name != "" {
		return i.Name
	}
	return model.Name(v.Name, i.Label)
}

func (i index) create(v attrs) []string {
	text := "CREATE INDEX "
	if i.Unique {
		text = "CREATE UNIQUE INDEX "
	}
	text += sdk.Ident(i.named(v)) + " ON " + name(v)
	if i.Method != "" {
		text += " USING " + sdk.Ident(i.Method)
	}
	text += " (" + strings.Join(i.keys(), ", ") + ")"
	if len(i.Include) > 0 {
		text += " INCLUDE (" + strings.Join(idents(i.Include), ", ") + ")"
	}
	if i.Where != "" {
		text += " WHERE " + i.Where
	}
	if i.Comment == "" {
		return []string{text}
	}
	return []string{text, i.commented(v)}
}

// keys are the columns and behind them the expressions that it is over.
func (i index) keys() []string {
	list := idents(i.Fields)
	for _, expression := range i.On {
		list = append(list, "("+expression+")")
	}
	return list
}

func (i index) commented(v attrs) string {
	return sdk.Comment("INDEX "+sdk.Qualified(v.Schema, i.named(v)), i.Comment)
}

// same reports whether two indexes are one but for their names and comments, on a view
// whose columns have got other names.
func (i index) same(other index, renamed map[string]string) bool {
	i.Fields, i.Include = renames(i.Fields, renamed), renames(i.Include, renamed)
	i.Label, i.Name, i.Comment = other.Label, other.Name, other.Comment
	same := func(a, b string) bool { return reads(a, b, renamed) }
	if same(i.Where, other.Where) && slices.EqualFunc(i.On, other.On, same) {
		i.Where, i.On = other.Where, other.On
	}
	return sdk.Same(i, other)
}

func renames(names []string, renamed map[string]string) []string {
	list := slices.Clone(names)
	for n, name := range list {
		if now, there := renamed[name]; there {
			list[n] = now
		}
	}
	return list
}

func idents(names []string) []string {
	list := make([]string, len(names))
	for n, name := range names {
		list[n] = sdk.Ident(name)
	}
	return list
}
