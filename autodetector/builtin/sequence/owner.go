package sequence

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// own emits what changes the column that a sequence belongs to, when both are there:
// before the former one goes, which would take the sequence with it.
func (x sequences) own(o *sdk.Object, was, is attrs) {
	op := sdk.Operation{Kind: "alter_" + kindName, Target: o.Address, Summary: "alter " + o.Address.String() + ": owned by " + owner(x.To, is)}
	op.Up, op.Down = operation.SQL(ownedBy(x.To, is)), operation.SQL(ownedBy(x.From, inPlace(was, is)))
	if is.OwnedBy != nil {
		op.Needs = append(op.Needs, sdk.Soft(sdk.After(sdk.Create, o.Address)), sdk.Soft(sdk.After(sdk.Create, is.OwnedBy.Address)),
			sdk.Soft(sdk.After(sdk.Alter, is.OwnedBy.Address)), sdk.Soft(sdk.After(sdk.Alter, o.Address)))
		op.Needs = append(op.Needs, x.renamed(is.OwnedBy.Address, sdk.After)...)
	}
	if was.OwnedBy != nil {
		op.Needs = append(op.Needs, sdk.Soft(sdk.Before(sdk.Drop, was.OwnedBy.Address)), sdk.Soft(sdk.Before(sdk.Drop, o.Address)))
		op.Needs = append(op.Needs, x.left(o, was, is)...)
	}
	x.Emit(true, op)
}

// left are the needs of a sequence that is taken from its column by the names that both
// have before.
func (x sequences) left(o *sdk.Object, was, is attrs) []sdk.Need {
	if is.OwnedBy != nil {
		return nil
	}
	needs := x.renamed(was.OwnedBy.Address, sdk.Before)
	if now := x.Pass.To.Get(o.Address); now != nil && name(x.attrs(now)) != name(was) {
		needs = append(needs, sdk.Soft(sdk.Before(sdk.Alter, o.Address)))
	}
	return needs
}

// renamed returns the needs to come before or after what a column and its table are
// called otherwise: the sequence is given to them, or taken from them, by their names.
func (x sequences) renamed(field address.Address, when func(operation.Verb, address.Address) sdk.Need) []sdk.Need {
	was, is := x.Pass.From.Get(field), x.Pass.To.Get(field)
	if was == nil {
		return nil
	}
	var needs []sdk.Need
	if table := was.Parent; x.To.Has(table) && x.From.Table(table) != x.To.Table(table) {
		needs = append(needs, sdk.Soft(when(sdk.Alter, table)))
	}
	if is != nil && x.From.Column(field) != x.To.Column(field) {
		needs = append(needs, sdk.Soft(when(sdk.Alter, field)))
	}
	return needs
}

// moves reports whether a sequence cannot stay with its column while it changes. It goes
// to another schema, which PostgreSQL allows with the table only, or it leaves a column
// and something is called otherwise by then.
func (x sequences) moves(was, is attrs) bool {
	leaves := !sdk.Same(was.OwnedBy, is.OwnedBy)
	return was.Schema != is.Schema || leaves && (is.OwnedBy == nil && was.Name != is.Name || len(x.renamed(was.OwnedBy.Address, sdk.Before)) > 0)
}

// leave takes a sequence away from a column that is dropped and made again, and returns
// it as it is then.
func (x sequences) leave(before *sdk.Object) *sdk.Object {
	s := x.attrs(before)
	if s.OwnedBy == nil {
		return before
	}
	left := usertype.Unreferred(x.With(before, free(s)), []address.Address{s.OwnedBy.Address})
	op := sdk.Alteration(left)
	op.Summary += ": owned by NONE"
	op.Needs = append(x.renamed(s.OwnedBy.Address, sdk.Before), sdk.Soft(sdk.Before(sdk.Alter, before.Address)))
	op.Up, op.Down = operation.SQL(ownedBy(x.From, free(s))), operation.SQL(ownedBy(x.From, s))
	x.Emit(true, op)
	return left
}

// beside reports a sequence that belongs to a column of a table in another schema.
func (x sequences) beside(o *sdk.Object) {
	s := x.attrs(o)
	if s.OwnedBy == nil || !x.To.Has(s.OwnedBy.Address) {
		return
	}
	if table := x.To.Model(x.To.Find(s.OwnedBy.Address).Parent); table.Schema != s.Schema {
		x.Report(apart(o, s, table.Schema))
	}
}

// apart is the mistake that a sequence is in another schema than the table of its column.
func apart(o *sdk.Object, s attrs, schema string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH2306",
		Summary: fmt.Sprintf("%s is in schema %s, and the column that it belongs to is in schema %s", o.Address, s.Schema, schema),
		Detail:  "owned_by names " + s.OwnedBy.Address.Path() + ". In PostgreSQL a sequence that belongs to a column is in the schema of its table.",
		Next:    fmt.Sprintf("write schema = %q in the sequence, or take owned_by out", schema),
		Address: o.Address.String(),
	}
}

// leavesSchema reports whether a table gets another schema.
func leavesSchema(r *sdk.Reactor) bool {
	before := r.Pass.From.Get(r.Observed.Target)
	if before == nil || !r.Pass.To.Has(r.Observed.Target) {
		return false
	}
	was, err := state.Decode[model.Model](before)
	r.Fail(err)
	return was.Schema != r.Model().Schema
}

// follow reports sequences that stay in their schema while the table of their column moves
// to another one. PostgreSQL would move them along.
func follow(r *sdk.Reactor) {
	if !leavesSchema(r) {
		return
	}
	for o := range r.Pass.To.All() {
		if o.Address.Kind() != kindName || !stays(r, o.Address) {
			continue
		}
		s, err := state.Decode[attrs](o)
		r.Fail(err)
		if s.OwnedBy == nil || !r.Pass.To.Has(s.OwnedBy.Address) || r.Pass.To.Get(s.OwnedBy.Address).Parent != r.Observed.Target {
			continue
		}
		if table := r.Model(); table.Schema != s.Schema {
			r.Report(apart(o, s, table.Schema))
		}
	}
}

// free returns a sequence that belongs to no column.
func free(s attrs) attrs {
	s.OwnedBy = nil
	return s
}
