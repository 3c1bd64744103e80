package builtin

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
)

// An enumPlan is the way from the values of an enum to others: some are renamed,
// then some are added. Where that is not enough the type is made anew.
type enumPlan struct {
	renamed [][2]string // old, new; by old
	before  []string    // values after the renames
	after   []string
	remake  bool // something generated depends on the type and has to make way
}

// enumPlan returns the plan for the enum at an address, in both states or not.
func (w *work) enumPlan(a address.Address) enumPlan {
	before, after := w.pass.From.Get(a), w.pass.To.Get(a)
	if before == nil || after == nil {
		return enumPlan{}
	}
	was, is := decode[model.Enum](w, before), decode[model.Enum](w, after)
	plan := enumPlan{renamed: w.renamedValues(a, was.Values, is.Values), after: is.Values}
	for _, value := range was.Values {
		plan.before = append(plan.before, plan.newValue(value))
	}
	plan.remake = !slices.Equal(plan.before, plan.after) && w.computedFrom(a)
	return plan
}

// renamedValues returns the renames that the user declared and that are still
// to be made. One that is done, or that names no value, is inert.
func (w *work) renamedValues(a address.Address, was, is []string) [][2]string {
	value := w.fact(renamedValues, a)
	if value == nil {
		return nil
	}
	names := map[string]string{}
	if err := json.Unmarshal(value, &names); err != nil {
		w.fail(fmt.Errorf("renamed values of %s: %w", a, err))
	}
	var renamed [][2]string
	for _, old := range was {
		name, ok := names[old]
		if ok && !slices.Contains(is, old) && slices.Contains(is, name) && !slices.Contains(was, name) {
			renamed = append(renamed, [2]string{old, name})
		}
	}
	return renamed
}

// computedFrom reports whether a generated column reads a column of the type:
// such a column cannot be converted while the other one is there.
func (w *work) computedFrom(enum address.Address) bool {
	for _, user := range w.users(enum) {
		for _, dependent := range w.pass.To.Dependents(user.after.Address) {
			if dependent.Address.Kind() == model.FieldKind && decode[model.Field](w, dependent).Generated != nil {
				return true
			}
		}
	}
	return false
}

func (p enumPlan) newValue(old string) string {
	for _, r := range p.renamed {
		if r[0] == old {
			return r[1]
		}
	}
	return old
}

// mapped returns a default with the new names of renamed values.
func (p enumPlan) mapped(n *expression.Node) *expression.Node {
	if n == nil {
		return nil
	}
	mapped := *n
	if n.Kind == expression.String {
		mapped.Text = p.newValue(n.Text)
	}
	mapped.Args = nil
	for i := range n.Args {
		mapped.Args = append(mapped.Args, *p.mapped(&n.Args[i]))
	}
	return &mapped
}

// recreates reports whether the type has to be made anew: values go, or change
// places.
func (p enumPlan) recreates() bool {
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
func (p enumPlan) added() []addedValue {
	var added []addedValue
	for i, value := range p.after {
		switch {
		case slices.Contains(p.before, value):
		case i > 0:
			added = append(added, addedValue{value: value, place: "AFTER", neighbour: p.after[i-1]})
		case len(p.before) > 0:
			added = append(added, addedValue{value: value, place: "BEFORE", neighbour: p.before[0]})
		default:
			added = append(added, addedValue{value: value})
		}
	}
	return added
}

type addedValue struct{ value, place, neighbour string }

// removed returns the values that go.
func (p enumPlan) removed() []string {
	return slices.DeleteFunc(slices.Clone(p.before), func(v string) bool { return slices.Contains(p.after, v) })
}

// fresh returns the values that come.
func (p enumPlan) fresh() []string {
	return slices.DeleteFunc(slices.Clone(p.after), func(v string) bool { return slices.Contains(p.before, v) })
}
