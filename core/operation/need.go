package operation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Verb is what an operation does to an object.
type Verb string

// The verbs.
const (
	Create Verb = "create"
	Alter  Verb = "alter"
	Drop   Verb = "drop"
)

// A Need orders an operation relative to whichever one does Verb to Object.
type Need struct {
	Verb   Verb            `json:"verb"`
	Object address.Address `json:"object"`
	// Before: this operation runs before the other one; else after it.
	Before bool `json:"before,omitempty"`
	// Soft: if no operation does it, the need is met. A hard need for a Create
	// is met as well where the object exists already; any other hard need that
	// nobody provides is an error.
	Soft bool `json:"soft,omitempty"`
	// Why is for the message, should the need close a cycle.
	Why string `json:"why,omitempty"`
}

// OppositeNeeds returns the needs of what makes an object for what takes it away: it runs
// before what the other ran after, and each object is dropped where it was created.
func OppositeNeeds(needs []Need) []Need {
	list := slices.Clone(needs)
	for i, need := range list {
		if need.Verb == Create {
			list[i].Verb = Drop
		}
		list[i].Before = !need.Before
	}
	return list
}

// An Effect is what an operation provides to the needs of others.
type Effect struct {
	Verb   Verb
	Object address.Address
}

// Provides returns the effects of the operation's edits: putting an object that
// is there already alters it, any other put creates one. A rename provides
// nothing.
func (o Operation) Provides(there func(address.Address) bool) []Effect {
	var effects []Effect
	for _, edit := range o.Edits {
		switch {
		case edit.Put != nil && there(edit.Put.Address):
			effects = append(effects, Effect{Alter, edit.Put.Address})
		case edit.Put != nil:
			effects = append(effects, Effect{Create, edit.Put.Address})
		case !edit.Drop.IsZero():
			effects = append(effects, Effect{Drop, edit.Drop})
		}
	}
	return effects
}
