package resolve

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An object is what becomes a state.Object.
type object struct {
	addr, parent address.Address
	attrs        any // see encode
	uses         *uses
	rank         int
	app          *app
	at           declare.Place
}

// An implyingObject is an object with what may bring others into the state.
type implyingObject struct {
	object *state.Object
	uses   []use
}

// put adds an object. It reports a second one with the same address.
func (l *loader) put(o object) *state.Object {
	if first, taken := l.at(o.addr); taken {
		l.report(o.at, codeNameClash, "a second "+detect.Called(o.addr), "The other one is at "+first.String()+".",
			"give one of the two another label")
		return nil
	}
	made := &state.Object{Address: o.addr, Parent: o.parent, Attrs: encode(o.attrs), Rank: o.rank, App: o.app.writer()}
	if o.uses != nil {
		made.Refs, made.Readings = o.uses.sorted(o.addr, o.parent), o.uses.readings
		if former := o.uses.formerAttrs(made.Attrs); former != nil {
			l.former[o.addr] = former
		}
		if len(o.uses.implying) > 0 {
			l.implying = append(l.implying, implyingObject{made, o.uses.implying})
		}
	}
	l.place(made, o.at.Range())
	return made
}

// place adds a made object, with the version and the rendering of its kind.
func (l *loader) place(o *state.Object, at diag.Range) {
	kind := l.catalog.kinds[o.Address.Kind()]
	o.Version, o.Rendering = kind.Version, kind.Rendering
	l.index[o.Address] = len(l.objects)
	l.objects = append(l.objects, o)
	l.ranges = append(l.ranges, at)
}

// at returns where the object with an address is declared, and whether there is one.
func (l *loader) at(a address.Address) (diag.Range, bool) {
	i, ok := l.index[a]
	if !ok {
		return diag.Range{}, false
	}
	return l.ranges[i], true
}
