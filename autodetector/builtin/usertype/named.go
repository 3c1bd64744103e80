package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// What expressions name is dropped and made again where it is another thing afterwards,
// or where what it is made of is: then they have to let go of it for a while.

// Remade returns what expressions of an object that is replaced name, what the object
// refers to afterwards too, and what is another thing then. The type that it has is not
// meant, nor what that is over: whoever makes one anew sees to what has it.
func Remade(w *sdk.Work, after *sdk.Object, has model.Type, expressions ...*expression.Node) []address.Address {
	own := lineage(w, has)
	named := slices.DeleteFunc(Named(expressions...), func(a address.Address) bool {
		return after.Ref(a) == 0 || slices.Contains(own, a)
	})
	if w.MustGo() { // what one of them is made of may be another thing
		return named
	}
	return slices.DeleteFunc(named, func(a address.Address) bool {
		was, is := w.Pass.From.Get(a), w.Pass.To.Get(a)
		return was == nil || is == nil || state.Same(was, is)
	})
}

// Named returns what expressions call, name or cast to, but for fields.
func Named(expressions ...*expression.Node) []address.Address {
	var named []address.Address
	for _, n := range expressions {
		if n == nil {
			continue
		}
		n.Walk(func(n expression.Node) {
			if slices.Contains([]expression.Kind{expression.Call, expression.Object, expression.Cast}, n.Kind) && len(n.Path) == 1 {
				named = append(named, n.Path[0].Address)
			}
		})
	}
	return named
}

// lineage returns a type that somebody made and those that it is over.
func lineage(w *sdk.Work, t model.Type) []address.Address {
	var list []address.Address
	for t.Of != nil && !slices.Contains(list, t.Of.Address) {
		list = append(list, t.Of.Address)
		o := w.Pass.From.Get(t.Of.Address)
		if o == nil || o.Address.Kind() != model.DomainKind {
			break
		}
		t = sdk.AttrsOf[model.Domain](w, o).Type
	}
	return list
}

// Without returns an expression unless it names one of several objects.
func Without(n *expression.Node, named []address.Address) *expression.Node {
	if slices.ContainsFunc(Named(n), func(a address.Address) bool { return slices.Contains(named, a) }) {
		return nil
	}
	return n
}

// Unreferred returns an object without its references to others.
func Unreferred(o *sdk.Object, targets []address.Address) *sdk.Object {
	released := *o
	released.Refs = slices.DeleteFunc(slices.Clone(o.Refs), func(r state.Reference) bool { return slices.Contains(targets, r.Target) })
	return &released
}
