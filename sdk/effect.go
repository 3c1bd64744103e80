package sdk

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Creation returns the operation that puts a new object into the state. Its SQL,
// and what else is to be said of it, is the owner's to add.
func Creation(o *Object) Operation { return effect("create", o.Address, state.Put(o)) }

// Alteration returns the operation that puts an object in the place of what it was.
func Alteration(o *Object) Operation { return effect("alter", o.Address, state.Put(o)) }

// Removal returns the operation that drops an object from the state.
func Removal(o *Object) Operation { return effect("drop", o.Address, state.Drop(o.Address)) }

func effect(verb string, a Address, edit state.Edit) Operation {
	noun := a.Kind()[strings.IndexByte(a.Kind(), '.')+1:]
	return Operation{
		Kind: operationKind(a.Kind(), verb), Target: a,
		Summary: verb + " " + words(noun) + " " + a.Path(), Edits: []state.Edit{edit},
	}
}

// operationKind returns the kind of the operations that do something to objects of
// a kind: "rls.create_policy" for "rls.policy", "create_model" for "model".
func operationKind(kind, verb string) string {
	owner, noun, prefixed := strings.Cut(kind, ".")
	if !prefixed {
		return verb + "_" + kind
	}
	return owner + "." + verb + "_" + noun
}

// Everything is all aspects of an object.
const Everything = state.Exists | state.Name | state.Type | state.Definition

// Touching says that an operation disturbs aspects of an object: whatever refers
// to it by one of them is dropped before and made again after. Of no aspects it is
// nothing.
func Touching(object Address, aspects state.Aspects) []operation.Touch {
	if aspects == 0 {
		return nil
	}
	return []operation.Touch{{Object: object, Aspects: aspects}}
}

// Claim notes on an operation which names of an object it frees and which it
// takes, out of those that it has before and after; see Owner.Names.
func Claim(op *Operation, before, after []string) {
	op.Frees, op.Takes = missing(before, after), missing(after, before)
}

// missing returns the names that are not among others.
func missing(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(others, name) })
}

// Spare returns a name for the moment of an exchange; see Owner.Aside.
func Spare(name string) string { return model.Name(name, "whimbrel_aside") }

// With returns an object with other attributes.
func (w *Work) With(o *Object, attrs any) *Object {
	encoded, err := state.Encode(attrs)
	if err != nil {
		w.Fail(err)
	}
	changed := *o
	changed.Attrs = encoded
	return &changed
}
