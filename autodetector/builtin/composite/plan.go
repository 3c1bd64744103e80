package composite

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A plan is the way from the attributes of a composite to others: some are renamed,
// then some are dropped, altered and added. Where that is not enough the type is made
// anew.
type plan struct {
	renamed [][2]string       // old, new; in the order of the old ones
	before  []model.Attribute // after the renames
	after   []model.Attribute
}

// planOf returns the plan from a composite to what is at its address then.
func planOf(w *sdk.Work, a address.Address, was, is model.Composite) plan {
	p := plan{after: is.Fields}
	names := newNames(w, a, was, is)
	for _, attribute := range was.Fields {
		if name := names[attribute.Label]; find(is.Fields, name) != nil {
			p.renamed = append(p.renamed, [2]string{attribute.Label, name})
			attribute.Label = name
		}
		p.before = append(p.before, attribute)
	}
	return p
}

// newNames returns the new names of attributes by the old ones. Half a change, which
// gives the type another name for a while, has none.
func newNames(w *sdk.Work, a address.Address, was, is model.Composite) map[string]string {
	names := sdk.FactOf[map[string]string](w, renamedFrom, a)
	if names == nil || sdk.Same(was.Fields, is.Fields) {
		return nil
	}
	return *names
}

// find returns the attribute with a name, or nil.
func find(list []model.Attribute, label string) *model.Attribute {
	for i := range list {
		if list[i].Label == label {
			return &list[i]
		}
	}
	return nil
}

// without returns the attributes that are not among others.
func without(list, others []model.Attribute) []model.Attribute {
	return slices.DeleteFunc(slices.Clone(list), func(a model.Attribute) bool { return find(others, a.Label) != nil })
}

// retyped returns the attributes of one list that are of another type in the other.
func retyped(from, to []model.Attribute) []model.Attribute {
	return slices.DeleteFunc(slices.Clone(to), func(a model.Attribute) bool {
		old := find(from, a.Label)
		return old == nil || sdk.Same(*old, a)
	})
}

// inPlace reports whether PostgreSQL can make other attributes of those that are there:
// they keep their order, new ones come behind them, and columns hold no value of one
// that is of another type.
func inPlace(from, to []model.Attribute, held bool) bool {
	kept := without(from, without(from, to))
	behind := len(kept) <= len(to) && slices.EqualFunc(kept, to[:len(kept)], func(a, b model.Attribute) bool { return a.Label == b.Label })
	return behind && !(held && len(retyped(from, to)) > 0)
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
