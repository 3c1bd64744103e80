package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/state"
)

// The objects of a plugin that is not there stay as they are. Where one is in the
// way of a change, or goes with what it is part of, the migrations say how: they
// hold the operation that made it, whose way back drops it. So it is dropped, and
// made again afterwards, by the same SQL, in the name of the history.

// stay keeps what nobody declares and nobody may drop as it is after the renames:
// with the new names of what it is part of and refers to.
func (r *run) stay(context.Context) error {
	if len(r.renameOps) == 0 {
		return nil
	}
	b := state.NewBuilder(r.to)
	for o := range r.to.Unordered() {
		if !r.in.Declaration.State.Has(o.Address) {
			_ = b.Apply(state.Drop(o.Address)) // it is there
		}
	}
	r.to = withSiblings(r.withStaying(b.Build()), r.owners.kinds)
	return nil
}

// retires reports whether the objects of a kind are to be dropped for good.
func (r *run) retires(kind string) bool { return slices.Contains(r.in.Retired, r.owners.of(kind)) }

// orphan takes a change that nobody is there to answer. Its dependents are away
// in the meantime too.
func (w *work) orphan(c detect.Change) {
	w.orphans[c.Address()] = c
	if !c.Replace {
		return
	}
	w.replaceAround(c.Address())
}

// restore answers the changes of orphans out of the history.
func (r *run) restore(context.Context) error {
	for _, a := range sortedKeys(r.orphans) {
		c := r.orphans[a]
		made, err := r.origin(c)
		if err != nil {
			return err
		}
		if why := r.unfit(c, made); why != "" {
			r.reportMissing(c, why)
			continue
		}
		r.operations = append(r.operations, past(c, made)...)
	}
	return nil
}

// origin returns how an object was made, with the addresses of after the renames.
func (r *run) origin(c detect.Change) (migration.Origin, error) {
	if r.in.Made == nil || c.Before == nil {
		return migration.Origin{Unfit: "no migration made it"}, nil
	}
	made, err := r.in.Made(cmp.Or(r.was[c.Address()], c.Address()))
	made.Operation = migration.Moved(made.Operation, func(a address.Address) address.Address { return cmp.Or(r.is[a], a) })
	return made, err
}

// unfit returns why the history is no answer to a change, "" if it is.
func (r *run) unfit(c detect.Change, made migration.Origin) string {
	switch {
	case made.Unfit != "":
		return made.Unfit
	case c.After == nil:
		return ""
	case !state.Same(c.Before, c.After):
		return "it is declared in another way than before"
	}
	for _, target := range references(c.After) {
		if !r.to.Has(target) {
			return fmt.Sprintf("it refers to %s, which is dropped", target)
		}
	}
	mentioned := migration.Mentioned(r.to, c.After)
	for _, op := range r.operations {
		for _, touch := range op.Touches {
			if mentioned[touch.Object] && touch.Aspects.Has(state.Name) {
				return fmt.Sprintf("%s, which made it, calls %s by the name that it has until now", made.Migration, touch.Object)
			}
		}
	}
	return ""
}

func (r *run) reportMissing(c detect.Change, why string) {
	name := r.owners.of(c.Address().Kind())
	r.report(diag.Diagnostic{
		Code:    "WH2101",
		Summary: fmt.Sprintf("%s has to change, but plugin %q is not there", detect.Called(c.Address()), name),
		Detail: fmt.Sprintf("Something that it depends on is changed or dropped. It cannot be dropped and made again "+
			"as the migrations say: %s. Plugin %q has to write it anew.", why, name),
		Next:    fmt.Sprintf("enable the plugin in whimbrel.hcl: plugin %q {}", name),
		Range:   r.in.Declaration.Places[c.Address()],
		Address: c.Address().String(),
	})
}
