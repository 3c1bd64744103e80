package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Renaming gives expressions of the old state the new names of values of enums.
// PostgreSQL keeps a value as what it is and follows by itself, so an expression that
// differs in such names only is the same one. It remembers which enums it has met.
type Renaming struct {
	// Under is the type of VALUE in the check of a domain.
	Under model.Type

	work  *sdk.Work
	known map[address.Address]Change // that are no facts yet
	met   map[address.Address]bool
}

// NewRenaming returns the renaming of the values in a pass. Its owner consumes the
// fact Changed.
func NewRenaming(w *sdk.Work) *Renaming {
	return &Renaming{work: w, met: map[address.Address]bool{}}
}

// Renaming returns that of the values of one type, for its owner.
func (c Change) Renaming(w *sdk.Work, of address.Address) *Renaming {
	r := NewRenaming(w)
	r.known = map[address.Address]Change{of: c}
	return r
}

// ChangeOf returns the enum that a type is, or is over, and what happens to it. The
// address is zero where nothing does.
func (r *Renaming) ChangeOf(t model.Type) (address.Address, Change) {
	for t.Of != nil {
		if change, known := r.known[t.Of.Address]; known {
			return t.Of.Address, change
		}
		for _, fact := range Facts() {
			if change := sdk.FactOf[Change](r.work, fact, t.Of.Address); change != nil {
				return t.Of.Address, *change
			}
		}
		o := r.work.Pass.From.Get(t.Of.Address)
		if o == nil || o.Address.Kind() != model.DomainKind {
			break
		}
		t = sdk.AttrsOf[model.Domain](r.work, o).Type
	}
	return address.Address{}, Change{}
}

// Value returns an expression of a type, such as a default, with the new names.
func (r *Renaming) Value(n *expression.Node, t model.Type) *expression.Node {
	if n == nil {
		return nil
	}
	mapped := r.value(r.node(*n), t)
	return &mapped
}

// In returns an expression with the new names of values that are compared with
// columns of their type.
func (r *Renaming) In(n *expression.Node) *expression.Node {
	if n == nil {
		return nil
	}
	mapped := r.node(*n)
	return &mapped
}

// Keys returns keys of an index with the new names in their expressions.
func (r *Renaming) Keys(keys []model.Key) []model.Key {
	keys = slices.Clone(keys)
	for i := range keys {
		keys[i].Value = r.node(keys[i].Value)
	}
	return keys
}

// comparisons are what has operands of one type.
var comparisons = []string{"==", "!=", "<", "<=", ">", ">=", "in", "between", "coalesce", "nullif", "greatest", "least"}

func (r *Renaming) node(n expression.Node) expression.Node {
	args := make([]expression.Node, len(n.Args))
	for i, arg := range n.Args {
		args[i] = r.node(arg)
	}
	if len(args) > 0 {
		n.Args = args
	}
	switch {
	case n.Kind == expression.Cast && len(n.Path) == 1 && len(args) == 1:
		args[0] = r.value(args[0], model.Type{Of: &n.Path[0]})
	case (n.Kind == expression.Operator || n.Kind == expression.Call) && slices.Contains(comparisons, n.Text):
		t := r.typeOf(args)
		for i := range args {
			args[i] = r.value(args[i], t)
		}
	}
	return n
}

// value returns what is a value of a type, be it a literal or made of such.
func (r *Renaming) value(n expression.Node, t model.Type) expression.Node {
	of, change := r.ChangeOf(t)
	if len(change.Renamed) == 0 {
		return n
	}
	r.met[of] = true
	return change.Value(n)
}

// typeOf returns the type of the operands of a comparison, as far as one tells.
func (r *Renaming) typeOf(args []expression.Node) model.Type {
	for _, arg := range args {
		switch {
		case arg.Kind == expression.Field && len(arg.Path) > 0:
			if o := r.work.Pass.From.Get(arg.Path[len(arg.Path)-1].Address); o != nil && o.Address.Kind() == model.FieldKind {
				return sdk.AttrsOf[model.Field](r.work, o).Type
			}
		case arg.Kind == expression.Cast && len(arg.Path) == 1:
			return model.Type{Of: &arg.Path[0]}
		case arg.Kind == expression.SQL && arg.Text == "VALUE":
			return r.Under
		}
	}
	return model.Type{}
}

// Needs are those of an operation whose way back has the new names: it comes after
// the values have them, and is taken back before they lose them.
func (r *Renaming) Needs() []sdk.Need {
	var needs []sdk.Need
	for a := range r.met {
		needs = append(needs, sdk.Need{Verb: operation.Alter, Object: a, Soft: true, Why: "values have other names afterwards"})
	}
	slices.SortFunc(needs, func(a, b sdk.Need) int { return address.Compare(a.Object, b.Object) })
	return needs
}

// Named is ChangeOf for the first type with other values that an object names, or that
// the functions take or give that it calls.
func (r *Renaming) Named(o *sdk.Object) (address.Address, Change) {
	for _, ref := range o.Refs {
		list := []address.Address{ref.Target}
		if called := r.work.Pass.From.Get(ref.Target); called != nil && called.Parent.IsZero() && !model.IsType(ref.Target.Kind()) {
			for _, ref := range called.Refs {
				list = append(list, ref.Target)
			}
		}
		for _, target := range list {
			if of, change := r.ChangeOf(model.Type{Of: &address.Ref{Address: target}}); change.Renames() {
				return of, change
			}
		}
	}
	return address.Address{}, Change{}
}

// Columns returns the needs of an operation on SQL that nobody has read, over the columns
// of a table: it is away where types of theirs get other values.
func (r *Renaming) Columns(s *state.State, table address.Address, goes bool) []sdk.Need {
	var needs []sdk.Need
	for _, o := range s.Children(table, model.FieldKind) {
		if of, change := r.ChangeOf(sdk.AttrsOf[model.Field](r.work, o).Type); change.Renames() {
			needs = append(needs, sdk.Need{Verb: operation.Alter, Object: of, Before: goes, Soft: true, Why: "it may name values as they are then"})
		}
	}
	return needs
}

// Concerns reports whether an object that is SQL may name values that are renamed,
// or parts of values that are others.
func (r *Renaming) Concerns(o *sdk.Object) bool {
	for _, ref := range o.Refs {
		t := model.Type{Of: &address.Ref{Address: ref.Target}}
		if field := r.work.Pass.From.Get(ref.Target); field != nil && ref.Target.Kind() == model.FieldKind {
			t = sdk.AttrsOf[model.Field](r.work, field).Type
		}
		if _, change := r.ChangeOf(t); change.Renames() {
			return true
		}
	}
	of, _ := r.Named(o)
	return !of.IsZero()
}
