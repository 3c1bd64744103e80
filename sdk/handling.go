package sdk

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Handling is how changes of an option become operations: Recreated, ByHand or
// ByOwner.
type Handling[T any] struct {
	verbs  []string
	answer func(*Emitter[T])
	owner  func(*Work) Owner
	// unchecked: Checked could not do what it was told.
	unchecked bool
}

// Recreated is the handling of what is cheap to make: the plugin says which SQL
// makes an object and which takes it away, and the SDK compares. What is new is
// created, what is gone is dropped, what is different or in the way is dropped
// and created.
func Recreated[T any](script func(*Declared[T]) Script) Handling[T] {
	if script == nil {
		return Handling[T]{}
	}
	return Handling[T]{verbs: []string{"create", "drop"}, answer: func(e *Emitter[T]) {
		if e.Was != nil {
			s := script(e.Was)
			step := e.Drop(s.Drop, s.Create).Needs(e.was.needsNow(mirrored(s.Needs))...).Locks(e.was.locksNow(s.Locks)...)
			step.Fills(s.Clause, s.Set, s.Reset).op.Frees = e.Was.names(s)
			if e.To != nil && e.To.Object.Parent.IsZero() {
				step.Touches(e.target, Everything) // the SQL of others can name it
			}
		}
		if e.To != nil {
			s := script(e.To)
			step := e.Create(s.Create, s.Drop).Needs(s.Needs...).Locks(s.Locks...)
			step.Fills(s.Clause, s.Set, s.Reset).op.Takes = e.To.names(s)
		}
	}}
}

// ByHand is the handling of everything else: emit is called for each change and
// emits operations, such as an alter that keeps what is there.
func ByHand[T any](emit func(*Emitter[T])) Handling[T] {
	return Handling[T]{verbs: allVerbs, answer: emit}
}

// Checked is a handling that has every change looked at first. What look rejects is
// a mistake in the models, and no operation of the change is used: it is the place
// for what a change means to other options, such as a policy that stays when the
// row security of its model goes. An owner looks for itself; see Work.Report.
func (h Handling[T]) Checked(look func(*Emitter[T])) Handling[T] {
	answer := h.answer
	if look == nil || answer == nil {
		h.unchecked = look == nil || h.owner != nil
		return h
	}
	h.answer = func(e *Emitter[T]) {
		look(e)
		answer(e)
	}
	return h
}

// mirrored returns the needs of a create for the drop of the same object: what
// came after the create of another one goes before that is dropped.
func mirrored(needs []Need) []Need {
	var list []Need
	for _, need := range needs {
		if need.Verb == operation.Create {
			need.Verb = operation.Drop
		}
		need.Before = !need.Before
		need.Soft = need.Soft || need.Before // before it is dropped, if it ever is
		list = append(list, need)
	}
	return list
}

// answers returns what answers the changes of a kind.
func (h Handling[T]) answers() answers {
	if h.owner != nil {
		return answers{owner: h.owner}
	}
	return answers{change: func(was *past, change Change, result *Result) error {
		e := &Emitter[T]{Pass: was.pass, Replace: change.Replace, MustGo: change.MustGo, was: was, target: change.Address()}
		if err := e.declare(change); err != nil {
			return err
		}
		h.answer(e)
		return e.into(result)
	}}
}

// check panics where nothing answers.
func (h Handling[T]) check(whose string) {
	if h.answer == nil && h.owner == nil {
		wrong("%s: its handling has no function: give Recreated, ByHand or ByOwner one", whose)
	}
	if h.unchecked {
		wrong("%s: Checked has no function, or stands on an owner, which looks for itself: take it out", whose)
	}
}

// words returns a name of an option as people say it.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }
