package simulation

import (
	"slices"
	"strings"
)

// madeUp are the ends of names that PostgreSQL has made up for something of a relation,
// by the beginnings of such names.
type madeUp map[beginning][]string

// A beginning is what a name in a schema begins with.
type beginning struct{ schema, text string }

// fits is how much of a relation's name stands in a name that is made up, of 63 bytes,
// beside the names of columns.
const fits = 24

func (m madeUp) add(schema, relation, suffix string) {
	b := beginning{schema, relation[:min(len(relation), fits)]}
	if !slices.Contains(m[b], suffix) {
		m[b] = append(m[b], suffix)
	}
}

// has reports whether a name may be one that was made up.
func (m madeUp) has(schema, name string) bool {
	last := name[strings.LastIndexByte(name, '_')+1:]
	for end := range min(len(name), fits) + 1 {
		suffixes := m[beginning{schema, name[:end]}]
		if slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasPrefix(last, s) }) {
			return true
		}
	}
	return false
}
