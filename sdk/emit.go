package sdk

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Emitter is one change of an option, and takes the operations that answer it.
type Emitter[T any] struct {
	// Pass is all that the plugin sees.
	Pass Pass
	// From and To are the option as it was and as it is wanted, nil where it is
	// not there. Both speak of one thing by one address, whatever it was called before
	// a rename, so they can be compared.
	From, To *Declared[T]
	// Was is From with the addresses and labels of before the renames: what takes the
	// option away, and makes it again on the way back, is written with it.
	Was *Declared[T]
	// Replace: the object has to be dropped and made again, even if both are equal. That
	// it has another label is a reason too; see Relabelled.
	Replace bool
	// MustGo, with Replace: it cannot stay where it is, as something that it refers
	// to, or is part of, is away in the meantime.
	MustGo bool

	was       *past
	target    Address
	steps     []*Step
	facts     []Fact
	questions []Question
	trouble   trouble
}

// A Step is an operation that was emitted. Its methods add to it and return it.
type Step struct {
	op   Operation
	verb string // none: how it came about says which names it gives up and takes
}

// Create emits the operation that makes the object. Each text is one statement;
// down undoes up.
func (e *Emitter[T]) Create(up, down []string) *Step { return e.put("create", up, down) }

// Alter emits an operation that changes the object where it is.
func (e *Emitter[T]) Alter(up, down []string) *Step {
	if e.From == nil {
		return e.never("alter", "was not there before", "emit Create, or look whether From is nil")
	}
	return e.put("alter", up, down)
}

// Drop emits the operation that takes the object away.
func (e *Emitter[T]) Drop(up, down []string) *Step {
	if e.From == nil {
		return e.never("drop", "was not there before", "look whether From is nil")
	}
	return e.emit("drop", state.Drop(e.target), up, down)
}

func (e *Emitter[T]) put(verb string, up, down []string) *Step {
	if e.To == nil {
		return e.never(verb, "is not wanted", "emit Drop, or look whether To is nil")
	}
	return e.emit(verb, state.Put(e.To.Object), up, down)
}

// never is a step that cannot be, and makes that the error of Detect. It names the
// operation and what to do.
func (e *Emitter[T]) never(verb, why, next string) *Step {
	e.trouble.fail("%s is emitted for an object that %s: %s", operationKind(e.target.Kind(), verb), why, next)
	return &Step{}
}

func (e *Emitter[T]) emit(verb string, edit state.Edit, up, down []string) *Step {
	s := &Step{op: effect(verb, e.target, edit), verb: verb}
	s.op.Up, s.op.Down = operation.SQL(up...), operation.SQL(down...)
	e.steps = append(e.steps, s)
	return s
}

// Needs adds dependencies beyond those that follow from references; see After
// and Before.
func (s *Step) Needs(needs ...Need) *Step {
	s.op.Needs = append(s.op.Needs, needs...)
	return s
}

// Touches says that the operation disturbs aspects of an object: whatever refers
// to it by one of them, whoever owns it, is dropped before and made again after.
func (s *Step) Touches(object Address, aspects state.Aspects) *Step {
	s.op.Touches = append(s.op.Touches, operation.Touch{Object: object, Aspects: aspects})
	return s
}

// Locks claims the strongest locks that the operation takes on tables that were
// there before, on both ways; see Declared.Locks. The conformance kit compares
// claims with what PostgreSQL locks.
func (s *Step) Locks(locks ...Lock) *Step {
	s.op.Locks = append(s.op.Locks, locks...)
	return s
}

// Names says which names in the database, as Name makes them, the operation gives up
// and which it takes: what frees a name runs before what takes it. Without it they are
// those of the arguments with the tag names.
func (s *Step) Names(frees, takes []string) *Step {
	s.op.Frees, s.op.Takes = missing(frees, takes), missing(takes, frees)
	return s
}

// Hazard adds something that a reviewer must know.
func (s *Step) Hazard(hazard Hazard) *Step {
	s.op.Hazard = append(s.op.Hazard, hazard)
	return s
}

// Irreversible says why there is no way back.
func (s *Step) Irreversible(why string) *Step {
	s.op.Irreversible, s.op.Down = why, nil
	return s
}

// Outside has the operation run outside a transaction, as CREATE INDEX
// CONCURRENTLY does.
func (s *Step) Outside() *Step {
	s.op.Transaction = operation.Outside
	return s
}

// What an operation can do to an object, for After and Before.
const (
	Create = operation.Create
	Alter  = operation.Alter
	Drop   = operation.Drop
)

// After is the need to run after whatever does verb to an object. It is hard:
// somebody has to do it, or for Create the object has to be there.
func After(verb operation.Verb, object address.Address) Need {
	return Need{Verb: verb, Object: object}
}

// Before is the need to run before whatever does verb to an object.
func Before(verb operation.Verb, object address.Address) Need {
	return Need{Verb: verb, Object: object, Before: true}
}

// Soft returns a need that is met as well where nobody does what it waits for.
func Soft(need Need) Need {
	need.Soft = true
	return need
}

// Fact returns the value of a fact that the plugin consumes, nil if nobody has
// stated it.
func (e *Emitter[T]) Fact(name, subject string) []byte {
	for _, fact := range e.Pass.Facts {
		if fact.Name == name && fact.Subject == subject {
			return fact.Value
		}
	}
	return nil
}

// State states a fact for other plugins. The value becomes JSON.
func (e *Emitter[T]) State(name, subject string, value any) {
	encoded, err := state.Encode(value)
	if err != nil {
		e.trouble.fail("the fact %s: %v", name, err)
	}
	e.facts = append(e.facts, Fact{Name: name, Subject: subject, Value: encoded})
}

// Ask asks the user something. The answer is a Fact of the next pass.
func (e *Emitter[T]) Ask(question Question) { e.questions = append(e.questions, question) }

// Reject reports a mistake in the models that is about an object, of this plugin or
// not: what is wrong, why, and what to do. No operation of the change is used then.
func (e *Emitter[T]) Reject(about Address, summary, why, next string) {
	e.trouble.found = append(e.trouble.found, Diagnostic{
		Severity: diag.Error, Code: codeRejected, Summary: summary, Detail: why, Next: next, Address: about.String(),
	})
}

// into adds what was emitted to a result. Where the models are wrong there are
// no operations, only what is wrong.
func (e *Emitter[T]) into(result *Result) error {
	if e.trouble.err != nil {
		return e.trouble.err
	}
	result.Facts = append(result.Facts, e.facts...)
	result.Questions = append(result.Questions, e.questions...)
	result.Diagnostics = append(result.Diagnostics, e.trouble.found...)
	if diag.List(e.trouble.found).HasErrors() {
		return nil
	}
	e.claim()
	if e.trouble.err != nil {
		return e.trouble.err
	}
	for _, step := range e.steps {
		result.Operations = append(result.Operations, step.op)
	}
	return nil
}
