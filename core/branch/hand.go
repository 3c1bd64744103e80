package branch

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// byHand returns where SQL that somebody wrote may meet what the other line does: its
// edits say nothing about it. Rows are nobody's business here but that of such SQL.
func byHand(writer, other script, swapped bool) []Overlap {
	for _, p := range writer {
		if !p.hand {
			continue
		}
		for _, q := range other {
			if why := p.meets(q); why != "" && !(swapped && q.hand) {
				return []Overlap{between(p.step, q.step, swapped, address.Address{}, why)}
			}
		}
	}
	return nil
}

// meets returns why SQL by hand may have to do with the SQL of another step; "" if it
// has not.
func (p part) meets(q part) string {
	if q.hand {
		return "both have SQL that was written by hand, which may read what the other one writes"
	}
	for _, r := range p.up {
		if r.Unproven != "" {
			return fmt.Sprintf("the SQL written by hand cannot be followed: %s", r.Unproven)
		}
	}
	used, changed := p.relations(), q.changed()
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if changed[name] {
			return fmt.Sprintf("the SQL written by hand is about %s, which the other one changes", name)
		}
	}
	return ""
}

// relations returns the relations that a step has to do with, as schema.name.
func (p part) relations() map[string]bool {
	return p.named(func(simulation.Effect) bool { return true })
}

// changed returns those that are other ones afterwards, but for what is new in them.
func (p part) changed() map[string]bool {
	return p.named(func(e simulation.Effect) bool {
		switch e.Verb {
		case simulation.Removes, simulation.Renames, simulation.Moves, simulation.Alters, simulation.Doubts:
			return true
		}
		return false
	})
}

func (p part) named(counts func(simulation.Effect) bool) map[string]bool {
	found := map[string]bool{}
	for _, r := range p.up {
		for _, e := range r.Effects {
			name := e.Name.Relation
			if e.Name.Class == detect.NamesRelation {
				name = e.Name.Name
			}
			if name != "" && counts(e) {
				found[strings.TrimPrefix(e.Name.Schema+"."+name, ".")] = true
			}
		}
	}
	return found
}
