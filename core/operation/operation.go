// Package operation holds operations: the steps of a migration, as data.
//
// An operation carries its edits to the state, what it needs, its hazards and
// its SQL both ways. Detectors make operations, the autodetector orders and
// proves them, core/migration writes them. Replaying and reversing need no code
// of whoever made them.
package operation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Operation is one step of a migration.
type Operation struct {
	// Kind says what is done, such as "create_model" or "triggers.create_audit_trigger".
	Kind string `json:"kind"`
	// Target is the object that it is done to.
	Target address.Address `json:"target"`
	// Detector is the name of the detector that made it. The autodetector fills it in.
	Detector string `json:"detector,omitempty"`
	// Summary is for people, such as "create model shop.pizza". Empty: Kind and Target.
	Summary string `json:"summary,omitempty"`

	// Edits are its changes to the state. What it provides follows from them:
	// a Put of a new object is a Create, of a known one an Alter, a Drop is a Drop.
	Edits []state.Edit `json:"edits"`
	// Needs are dependencies beyond those that follow from references.
	Needs []Need `json:"needs,omitempty"`
	// Touches are aspects of objects that it disturbs, itself included; see Touch.
	Touches []Touch `json:"touches,omitempty"`
	// Frees and Takes are names in the database that it gives up and claims, as
	// Name makes them. What frees a name runs before what takes it.
	Frees []string `json:"frees,omitempty"`
	Takes []string `json:"takes,omitempty"`
	// Aside is another way of running it, for names that are exchanged in a ring.
	// Nil: there is none.
	Aside *Aside `json:"aside,omitempty"`
	// Inline says how the operation can become part of the one that creates or
	// drops its parent. Nil: it cannot.
	Inline *Inline `json:"inline,omitempty"`

	Up     []Statement `json:"up,omitempty"`
	Down   []Statement `json:"down,omitempty"`
	Hazard []Hazard    `json:"hazard,omitempty"`
	// Locks are the strongest locks that it takes on tables that were there before.
	// Empty: nothing is claimed.
	Locks []Lock `json:"locks,omitempty"`
	// Transaction is how it has to be run. The zero value: with the others.
	Transaction Transaction `json:"transaction,omitempty"`
	// Irreversible is why there is no way back, if Down cannot undo Up.
	Irreversible string `json:"irreversible,omitempty"`
	// Online is how the same is done, forth and back, to a table that is in use: as
	// several operations, one after another, of which those that take their time keep
	// nobody waiting. Empty: there is only one way. They have an Online of their own no
	// more.
	Online []Operation `json:"online,omitempty"`
	// Joined, of one of these: it stands in the same migration as the one before it,
	// which it makes use of. It is in a transaction of its own there.
	Joined bool `json:"joined,omitempty"`
}

// Quiet reports whether the operation reads or writes for as long as it takes, beside
// those who use the tables: nothing that has others wait can be in one transaction
// with it, or they would wait as long.
func (o Operation) Quiet() bool {
	loud := func(l Lock) bool { return !ShareUpdateExclusive.Covers(l.Mode) }
	return o.Transaction == Outside || o.Transaction == Committed && len(o.Locks) > 0 && !slices.ContainsFunc(o.Locks, loud)
}

// A Touch is a disturbance of an object. Every object that refers to Object by
// one of the aspects is dropped before the operation and made again after it,
// whoever owns it.
type Touch struct {
	Object  address.Address `json:"object"`
	Aspects state.Aspects   `json:"aspects"`
}

// An Aside is an operation that gives up a name, in two steps: Up moves what it
// renames to a name that nobody has, RestUp does the rest. Down and RestDown are
// the ways back of each.
type Aside struct {
	Up       []Statement `json:"up"`
	Down     []Statement `json:"down"`
	RestUp   []Statement `json:"rest_up"`
	RestDown []Statement `json:"rest_down"`
}

// A Transaction is a way of running an operation.
type Transaction string

// The ways of running an operation.
const (
	InTransaction Transaction = ""       // with the other operations of the migration
	Committed     Transaction = "commit" // in a transaction that is committed before any dependent runs
	Outside       Transaction = "none"   // outside a transaction
)

// A Hazard is something that a reviewer must know.
type Hazard struct {
	// Code is a word of a fixed list; see the constants.
	Code string `json:"code"`
	// Object is what it concerns.
	Object address.Address `json:"object"`
	// Text is a sentence without a full stop.
	Text string `json:"text"`
	// Down is true if it lies in the way back.
	Down bool `json:"down,omitempty"`
	// Probe is a query with one boolean result, true if there is something to
	// lose at this moment. Empty: assume so.
	Probe string `json:"probe,omitempty"`
}

// SaidBy reports whether another hazard says at least as much: of the same kind, on
// the same way, and with no other condition.
func (h Hazard) SaidBy(other Hazard) bool {
	return other.Code == h.Code && other.Down == h.Down && (other.Probe == "" || other.Probe == h.Probe)
}
