package detect

import (
	"fmt"
	"slices"
)

// A lead is what one argument says of another one.
type lead struct {
	word string // the tag
	to   string // the other argument
	from bool   // an argument of this sort can say it
	of   string // the sort that can
	want []AttrType
}

// leadsOf returns what an argument says of others.
func leadsOf(a Attr) []lead {
	return []lead{
		{"columns", a.Columns, a.SQL == SQLQuery, "a query in SQL", []AttrType{TypeStrings}},
		{"language", a.Language, a.SQL == SQLBody, "the body of a function", []AttrType{TypeKeyword, TypeString}},
		{"as", a.As, a.Type == TypeExpression, "an expression", []AttrType{TypeType}},
		givenOf(a),
	}
}

// givenOf returns what an argument says of the one that it is about.
func givenOf(a Attr) lead {
	if a.Type == TypeFields {
		return lead{"given", a.Given, true, "fields", []AttrType{TypeRefs}}
	}
	return lead{"given", a.Given, a.Type == TypeExpression, "an expression", []AttrType{TypeType}}
}

// leads checks what an argument says of others: they have to be there, in the block
// or in the option, and of the right type.
func (i *inspection) leads(path []string, shape Shape, a Attr) {
	for _, l := range leadsOf(a) {
		if l.to != "" {
			i.lead(path, shape, l)
		}
	}
	if a.SQL == SQLBody && a.Language == "" {
		i.fault(codeWrongType, path, "is the body of a function, and leads to no argument with its language (the tag language)")
	}
	if a.As != "" && a.Given != "" {
		i.fault(codeWrongType, path, "is both a value of a type (as) and about one (given)")
	}
}

func (i *inspection) lead(path []string, shape Shape, l lead) {
	other, known := shape.attr(l.to)
	if !known {
		other, known = i.option.Shape.attr(l.to)
	}
	switch {
	case !l.from:
		i.fault(codeWrongType, path, fmt.Sprintf("has the tag %s, which is for %s", l.word, l.of))
	case !known:
		i.fault(codeLeads, path, fmt.Sprintf("leads to %s, which is no argument of it", l.to))
	case !slices.Contains(l.want, other.Type):
		i.fault(codeWrongType, path, fmt.Sprintf("leads to %s by %s, which is of type %s and not %s", l.to, l.word, other.Type, l.want[0]))
	}
}

// attr returns the argument of a name.
func (s Shape) attr(name string) (Attr, bool) {
	n := slices.IndexFunc(s.Attrs, func(a Attr) bool { return a.Name == name })
	if n < 0 {
		return Attr{}, false
	}
	return s.Attrs[n], true
}
