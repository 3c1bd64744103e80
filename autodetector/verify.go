package autodetector

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// verify proves the plan: replaying its operations on the old state gives the
// wanted state, and after every one of them each reference leads somewhere. What
// fails is a fault of the detector that it names, never of the user.
func (r *run) verify(context.Context) error {
	p := newProof(r.original)
	for _, op := range r.operations {
		if err := p.replay(op); err != nil {
			return r.unproven(op.Detector, op.Target, fmt.Sprintf(": after %s %s: %v", op.Kind, op.Target, err))
		}
	}
	for _, c := range state.Diff(p.builder.Build(), r.to) {
		return r.unproven(r.owners.of(c.Address().Kind()), c.Address(), fmt.Sprintf(" left a change of %s undetected: %s", c.Address(), missed(c)))
	}
	return nil
}

// Unproven is the code of the error that operations do not lead to the models.
const Unproven = "WH2401"

// unproven is the error of a detector whose operations do not do what they should.
func (r *run) unproven(detector string, about address.Address, what string) error {
	whose, author := r.owners.blamed(detector)
	return diag.Diagnostic{
		Code:    Unproven,
		Summary: fmt.Sprintf("detector %q%s", detector, what),
		Detail:  "A plan is replayed before it is written, and this one does not lead to the models. This is a mistake " + whose + ", not in the models.",
		Next:    "report it to " + author,
		Range:   r.in.Declaration.Places[about],
		Address: about.String(),
	}
}

func missed(c state.Change) string {
	switch {
	case c.Before == nil:
		return "it is not made"
	case c.After == nil:
		return "it is not dropped"
	default:
		return fmt.Sprintf("it is %s, the models say %s", c.Before.Attrs, c.After.Attrs)
	}
}

// A proof replays operations and keeps count of who refers to what.
type proof struct {
	builder *state.Builder
	users   map[address.Address]int
}

func newProof(from *state.State) *proof {
	p := &proof{builder: state.NewBuilder(from), users: map[address.Address]int{}}
	p.recount()
	return p
}

func (p *proof) recount() {
	clear(p.users)
	for o := range p.builder.Build().All() {
		p.count(o, 1)
	}
}

func (p *proof) count(o *state.Object, by int) {
	for _, target := range references(o) {
		p.users[target] += by
	}
}

func (p *proof) replay(op operation.Operation) error {
	for _, edit := range op.Edits {
		if err := p.apply(edit); err != nil {
			return err
		}
	}
	for _, edit := range op.Edits {
		if err := p.resolve(edit); err != nil {
			return err
		}
	}
	return nil
}

func (p *proof) apply(edit state.Edit) error {
	p.count(p.builder.Get(edit.Drop), -1)
	if edit.Put != nil {
		p.count(p.builder.Get(edit.Put.Address), -1)
		p.count(edit.Put, 1)
	}
	if err := p.builder.Apply(edit); err != nil {
		return err
	}
	if len(edit.Rename) > 0 {
		p.recount()
	}
	return nil
}

// resolve checks the references of and to the object of an edit.
func (p *proof) resolve(edit state.Edit) error {
	if !edit.Drop.IsZero() && p.builder.Get(edit.Drop) == nil && p.users[edit.Drop] > 0 {
		return fmt.Errorf("%s is dropped, but %s still refers to it", edit.Drop, p.userOf(edit.Drop))
	}
	if edit.Put == nil || p.builder.Get(edit.Put.Address) == nil {
		return nil
	}
	for _, target := range references(edit.Put) {
		if p.builder.Get(target) == nil {
			return fmt.Errorf("%s refers to %s, which is not there", edit.Put.Address, target)
		}
	}
	return nil
}

func (p *proof) userOf(a address.Address) address.Address {
	for o := range p.builder.Build().All() {
		for _, target := range references(o) {
			if target == a {
				return o.Address
			}
		}
	}
	return address.Address{}
}
