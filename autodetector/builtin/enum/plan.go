package enum

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A plan is the way from the values of an enum to others: some are renamed, then
// some are added. Where that is not enough the type is made anew.
type plan struct {
	renamed [][2]string // old, new; by old
	before  []string    // values after the renames
	after   []string
	remake  bool // something generated depends on the type and has to make way
}

// planOf returns the plan from an enum to what is at its address then.
func planOf(w *sdk.Work, a address.Address, was, is model.Enum) plan {
	p := plan{renamed: renames(w, a, was.Values, is.Values), after: is.Values}
	for _, value := range was.Values {
		p.before = append(p.before, p.newValue(value))
	}
	p.remake = !slices.Equal(p.before, p.after) && usertype.Computed(w, a)
	return p
}

// renames returns the renames that are to be made: the pipeline has seen to it that
// each leads from a value to one, and no two to the same.
func renames(w *sdk.Work, a address.Address, was, is []string) [][2]string {
	names := sdk.FactOf[map[string]string](w, renamedValues, a)
	if names == nil {
		return nil
	}
	var renamed [][2]string
	for _, old := range was {
		if name, ok := (*names)[old]; ok && slices.Contains(is, name) {
			renamed = append(renamed, [2]string{old, name})
		}
	}
	return renamed
}

// newValue returns the name that a value has after the renames.
func (p plan) newValue(old string) string {
	for _, r := range p.renamed {
		if r[0] == old {
			return r[1]
		}
	}
	return old
}

// change returns what of the plan concerns columns.
func (p plan) change() usertype.Change {
	change := usertype.Change{Remade: p.recreates()}
	for _, r := range p.renamed {
		if change.Renamed == nil {
			change.Renamed = map[string]string{}
		}
		change.Renamed[r[0]] = r[1]
	}
	return change
}

// renames returns the statements that rename values, and those that take it back.
func (p plan) renames(e model.Enum) (up, down []string) {
	for _, r := range p.steps() {
		up = append(up, renameValue(e, r[0], r[1]))
		down = append(down, renameValue(e, r[1], r[0]))
	}
	slices.Reverse(down)
	return up, down
}

// steps returns the renames in an order in which each takes a name that is free. One
// of those that exchange their names is called something else in between.
func (p plan) steps() [][2]string {
	var steps [][2]string
	open := slices.Clone(p.renamed)
	for len(open) > 0 {
		free := slices.IndexFunc(open, func(r [2]string) bool {
			return !slices.ContainsFunc(open, func(other [2]string) bool { return other[0] == r[1] })
		})
		if free < 0 {
			aside := sdk.Spare(open[0][0])
			steps = append(steps, [2]string{open[0][0], aside})
			open[0][0] = aside
			continue
		}
		steps = append(steps, open[free])
		open = slices.Delete(open, free, free+1)
	}
	return steps
}

// recreates reports whether the type has to be made anew: values go, or change
// places.
func (p plan) recreates() bool {
	if p.remake {
		return true
	}
	rest := p.after
	for _, value := range p.before {
		i := slices.Index(rest, value)
		if i < 0 {
			return true
		}
		rest = rest[i+1:]
	}
	return false
}

// added returns the values that are new, in order, each with what it stands
// behind, or before where it is the first.
func (p plan) added() []addition {
	var added []addition
	for i, value := range p.after {
		switch {
		case slices.Contains(p.before, value):
		case i > 0:
			added = append(added, addition{value: value, place: "AFTER", neighbour: p.after[i-1]})
		case len(p.before) > 0:
			added = append(added, addition{value: value, place: "BEFORE", neighbour: p.before[0]})
		default:
			added = append(added, addition{value: value})
		}
	}
	return added
}

// removed returns the values that go.
func (p plan) removed() []string {
	return slices.DeleteFunc(slices.Clone(p.before), func(v string) bool { return slices.Contains(p.after, v) })
}

// fresh returns the values that come.
func (p plan) fresh() []string {
	return slices.DeleteFunc(slices.Clone(p.after), func(v string) bool { return slices.Contains(p.before, v) })
}

// renaming says which values get other names.
func (p plan) renaming() string {
	text := ""
	for _, r := range p.renamed {
		text += ": rename " + address.Literal(r[0]) + " to " + address.Literal(r[1])
	}
	return text
}

// summary says which values come and go.
func (p plan) summary() string {
	var parts []string
	for _, value := range p.fresh() {
		parts = append(parts, "add "+address.Literal(value))
	}
	for _, value := range p.removed() {
		parts = append(parts, "remove "+address.Literal(value))
	}
	if len(parts) == 0 {
		return "change the order of the values"
	}
	return strings.Join(parts, ", ")
}
