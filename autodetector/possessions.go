package autodetector

import (
	"cmp"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Possessions adds to a view what its detector owns on the models that it is about:
// whether a policy makes sense depends on the row security beside it, which need not
// have changed.
type possessions struct {
	*run
	view   *view
	owner  *detect.Manifest
	models map[address.Address]bool // those that have been gone through
}

// beside adds what the detector owns on the model that an object is part of. The
// object and what it is part of may be in the other state only.
func (p possessions) beside(o *state.Object) {
	if o == nil {
		return
	}
	model := o.Address
	for range deepest {
		if o = cmp.Or(p.to.Get(o.Parent), p.from.Get(o.Parent)); o == nil {
			break
		}
		model = o.Address
	}
	p.below(model)
}

// deepest is how far up is looked, as nobody has proven that parents end: more
// parents than any object has.
const deepest = 32

// below adds what the detector owns under an object, with what that refers to.
func (p possessions) below(a address.Address) {
	if p.models[a] {
		return
	}
	p.models[a] = true
	for _, child := range p.view.state.Children(a) {
		if p.owns(child.Address.Kind()) {
			p.view.within(child)
			p.view.direct(child)
		}
		p.below(child.Address)
	}
}

func (p possessions) owns(kind string) bool {
	return slices.ContainsFunc(p.owner.Kinds, func(k detect.Kind) bool { return k.Name == kind })
}
