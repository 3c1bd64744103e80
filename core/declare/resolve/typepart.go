package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// A typePart is a type in the block of another one, where it is written.
type typePart struct {
	typ *typ
	at  declare.Place
}

// reportCycles reports the types that are made of themselves, by way of others or
// directly, at the part that leads back.
func (l *loader) reportCycles(a *app) {
	for _, t := range a.tops {
		if t.kind.Type == nil {
			continue
		}
		for _, part := range t.parts {
			if part.typ.leadsTo(t, map[*top]bool{}) {
				l.report(part.at, codeCycle, fmt.Sprintf("%s %q is made of itself", t.word(), t.name),
					"PostgreSQL makes a type of what is there already; an array of the type does not help.", "write another type")
			}
		}
	}
}

// leadsTo reports whether a type is a declared one, or is made of it.
func (t *typ) leadsTo(goal *top, seen map[*top]bool) bool {
	switch {
	case t.named == nil || seen[t.named]:
		return false
	case t.named == goal:
		return true
	}
	seen[t.named] = true
	for _, part := range t.named.parts {
		if part.typ.leadsTo(goal, seen) {
			return true
		}
	}
	return false
}
