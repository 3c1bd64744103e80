package composite

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A change is that of the attributes of a composite, under its new name.
type change struct {
	composites
	plan
	op         *sdk.Operation
	object     *sdk.Object
	was, is    model.Composite
	conversion usertype.Conversion
}

func (x composites) changeOf(op *sdk.Operation, after *sdk.Object, was, is model.Composite) change {
	p := planOf(x.Work, after.Address, was, is)
	was.Name, was.Schema, was.Fields = is.Name, is.Schema, p.before
	return change{x, p, op, after, was, is, usertype.Convert(x.Work, after.Address, name(is))}
}

// held reports whether columns hold values of the type.
func (c change) held() bool { return len(c.conversion.Users) > 0 }

// statements returns the change and the way back. What depends on the attributes makes
// way where PostgreSQL does not follow by itself.
func (c change) statements() (up, down []string) {
	up, down = c.renames(name(c.is))
	if len(c.renamed) == 0 && sdk.Same(c.before, c.after) {
		return up, down
	}
	c.op.Summary += c.summary()
	back := inPlace(c.after, c.before, c.held())
	forth := inPlace(c.before, c.after, c.held()) && (back || !usertype.Computed(c.Work, c.object.Address))
	c.State(usertype.CompositeChanged, c.object.Address, c.fact(forth))
	c.op.Needs = append(c.op.Needs, usertype.Around(c.Work, c.object.Address)...)
	c.op.Hazard = append(c.op.Hazard, c.hazards()...)
	made, unmade := alter(c.To, name(c.is), c.before, c.after), alter(c.Back(c.object), name(c.is), c.after, c.before)
	switch again, undone := c.exchange(); {
	case !forth:
		made = again
		c.remade()
		if !back {
			unmade = undone
		}
	case !back:
		unmade = []string{c.conversion.Released(undone)}
		fallthrough
	default:
		c.op.Touches = append(c.op.Touches, c.touches()...)
	}
	return append(up, made...), append(unmade, down...)
}

// fact returns what of the change concerns others.
func (c change) fact(forth bool) usertype.Change {
	change := usertype.Change{Remade: !forth, Grown: len(without(c.after, c.before)) > 0}
	change.Reshaped = !forth || len(c.renamed)+len(without(c.before, c.after))+len(retyped(c.before, c.after)) > 0
	return change
}

// remade notes what it takes to make the type anew.
func (c change) remade() {
	c.op.Needs = append(c.op.Needs, c.conversion.Needs()...)
	c.op.Touches = append(c.op.Touches, c.conversion.Touches()...)
	c.op.Hazard = append(c.op.Hazard, c.conversion.Rewrites()...)
}

// touches are what is in the way although the type stays: what selects all attributes,
// and where the type of one is another one, what names any.
func (c change) touches() []operation.Touch {
	aspects := state.Definition
	if len(retyped(c.before, c.after)) > 0 {
		aspects |= state.Type
	}
	return sdk.Touching(c.object.Address, aspects)
}
