// Package routine makes, alters and drops functions and procedures, which PostgreSQL
// treats alike. It keeps the body as text and takes another one in place, whoever
// calls the routine; other arguments or another result make another routine, so then
// it is dropped and made again.
package routine

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// An Owner owns the routines of one kind in a pass.
type Owner struct {
	*sdk.Work
	// Word is that of the kind in SQL, such as FUNCTION.
	Word string
}

func (x Owner) attrs(o *sdk.Object) Attrs { return sdk.AttrsOf[Attrs](x.Work, o) }

// Create makes a routine.
func (x Owner) Create(o *sdk.Object) {
	f := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(x.create(x.To, f)...), operation.SQL("DROP "+x.Word+" "+Signature(x.To, f))
	op.Takes = Keys(x.To, f)
	x.Emit(true, op)
}

// Drop takes a routine away.
func (x Owner) Drop(o *sdk.Object) {
	f := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP "+x.Word+" "+Signature(x.From, f)), operation.SQL(x.create(x.From, f)...)
	op.Frees = Keys(x.From, f)
	x.Emit(true, op)
}

// Alter replaces a routine where it is, unless it has another signature. What the
// body names may have another name: then the text is another one although nothing
// about the routine has changed.
func (x Owner) Alter(before, after *sdk.Object, replace bool) {
	was, is := x.attrs(before), x.attrs(after)
	renames := !(sdk.Same(was.Body, is.Body) && sdk.Same(was.Args, is.Args)) && usertype.NewRenaming(x.Work).Concerns(before)
	if !sdk.Same(shape(was), shape(is)) || renames || replace && (x.MustGo() || was.standard() || Rests(x.Work, was.types())) {
		x.Replace(x, before, after)
		return
	}
	op := sdk.Alteration(after)
	up, down := x.move(x.To, was, is), x.move(x.To, is, was)
	if len(up) > 0 {
		sdk.Claim(&op, Keys(x.From, was), Keys(x.To, is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + sdk.Qualified(is.Schema, is.Name)
	}
	then := was
	then.Schema, then.Name = is.Schema, is.Name
	forth, back := x.alter(then, is, x.replaced(x.From, then), x.replaced(x.To, is)), x.alter(is, then, x.replaced(x.To, is), x.unchecked(x.From, then))
	op.Up, op.Down = operation.SQL(append(up, forth...)...), operation.SQL(append(back, down...)...)
	if forth != nil {
		op.Hazard = x.stale(was, is, after)
	}
	if len(op.Up) == 0 && state.Same(before, after) {
		return
	}
	x.Emit(true, op)
}

// Names are the names among the functions of a schema.
func (x Owner) Names(at sdk.Moment, o *sdk.Object) []string { return Keys(at, x.attrs(o)) }

// Aside gives a routine another name.
func (x Owner) Aside(before, _ *sdk.Object) *sdk.Object {
	f := x.attrs(before)
	f.Name = sdk.Spare(f.Name)
	return x.With(before, f)
}
