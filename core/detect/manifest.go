package detect

import "github.com/whimbreldb/whimbrel/core/operation"

// A Manifest says, as data, what a detector owns, reads and emits. It is checked
// when detectors are put together and lets a front end read the detector's
// options without running it.
type Manifest struct {
	// Name is the plugin's name and the prefix of everything it owns. Built-in
	// detectors own kinds without a prefix.
	Name    string `json:"name"`
	Version string `json:"version"`
	Doc     string `json:"doc"`

	// Config is the shape of the plugin's block in the project file.
	Config Shape `json:"config,omitzero"`
	// Kinds are the kinds of objects that it owns. One owner for each kind.
	Kinds []Kind `json:"kinds"`
	// Options are the arguments and blocks that it adds to models and fields.
	// One owner for each name at a place.
	Options []Option `json:"options,omitempty"`
	// Implications bring objects into a state because of others; see Implication.
	Implications []Implication `json:"implications,omitempty"`
	// Emits are the kinds of its operations.
	Emits []string `json:"emits"`
	// Reads are kinds of which it wants every object in From and To, with what
	// these are part of.
	Reads []string `json:"reads,omitempty"`
	// Produces and Consumes are names of facts. One producer for each.
	Produces []string `json:"produces,omitempty"`
	Consumes []string `json:"consumes,omitempty"`
	// Observes are kinds of operations of other detectors that it reacts to; see
	// Pass.Observed.
	Observes []string `json:"observes,omitempty"`
	// Queries read the catalog of a database for Inspector.Inspect.
	Queries []CatalogQuery `json:"queries,omitempty"`
	// Checks says that it is asked about the wanted state on every run; see Checker.
	Checks bool `json:"checks,omitempty"`
	// Locality says how the changes may be divided into passes.
	Locality Locality `json:"locality,omitempty"`
}

// A Locality says which changes have to be seen together.
type Locality string

// The localities.
const (
	PerModel Locality = ""      // those of one model; what a pass is told of other models is what they refer to
	Whole    Locality = "whole" // all of them
)

// A Kind describes a kind of objects.
type Kind struct {
	Name string `json:"name"` // "triggers.audit_trigger"
	Doc  string `json:"doc"`
	// Attrs is the shape of the attributes. Empty for kinds whose owner checks them.
	Attrs Shape `json:"attrs,omitzero"`
	// Outlives: once there, such an object stays in the state when nothing
	// declares or implies it any more.
	Outlives bool `json:"outlives,omitempty"`
	// Naming are the attributes that only name the object in the database or say
	// where it stands there. Two objects that differ in nothing else are one thing
	// under two names.
	Naming []string `json:"naming,omitempty"`
	// Likeness says when an object that goes and one that comes may be one thing
	// that was renamed.
	Likeness Likeness `json:"likeness,omitempty"`
	// Members are kinds of children without which two objects of the kind cannot be
	// compared: those that a model consists of are its fields.
	Members []string `json:"members,omitempty"`
	// Part: whoever is shown the parent of such an object is shown the object.
	Part bool `json:"part,omitempty"`
	// Type says that objects of the kind are types, which fields can have by name.
	Type *TypeKind `json:"type,omitempty"`
	// Siblings are kinds such as "field": an object of this kind depends in every
	// aspect on each sibling of these kinds. It is made again when one is added,
	// dropped or altered. A kind with a name, such as "constraint pkey", is that
	// sibling and those that it refers to, the fields of the primary key. Such an
	// object depends on the name of its parent too; "parent" says only that.
	Siblings []string `json:"siblings,omitempty"`
	// Version is that of the shape of the attributes. Objects that the migrations
	// left with a lower one are given to Upgrader.Upgrade before anything is
	// compared; that alone writes no migration.
	Version int `json:"version,omitempty"`
	// Rendering is raised by an owner who wants the objects in existing databases
	// made anew although their attributes are the same: the SQL was wrong. It does
	// not have to be raised because the SQL became different.
	Rendering int `json:"rendering,omitempty"`
	// Slot is the place of the table or column that an object of the kind is part of
	// which it fills, alone: no other kind does, and no argument of the core beside it.
	Slot operation.Slot `json:"slot,omitempty"`
}

// A CatalogQuery is one SELECT over the catalog of a database. The host runs it
// in a read-only cursor and shows it when the plugin is locked.
type CatalogQuery struct {
	Name string `json:"name"`
	Doc  string `json:"doc,omitempty"`
	SQL  string `json:"sql"`
	// MinServer and MaxServer bound the major versions of the server that it is
	// for. 0: no bound.
	MinServer int `json:"min_server,omitempty"`
	MaxServer int `json:"max_server,omitempty"`
}

// A TypeKind says what the values of a type are, by attributes of its objects.
// One of Values, Base, Parts and Bounds is set.
type TypeKind struct {
	// Values is the attribute with the values, all of them, as of an enum.
	Values string `json:"values,omitempty"`
	// Base is the attribute with the type whose values it has, as of a domain.
	Base string `json:"base,omitempty"`
	// Parts is the attribute with the blocks that a value consists of, each with a
	// type, as of a composite. A hint in such a block that is text is the former name
	// of the part.
	Parts string `json:"parts,omitempty"`
	// Bounds is the attribute with the type that a value has bounds of, as of a range.
	Bounds string `json:"bounds,omitempty"`
	// Order is the attribute with the operator class that puts bounds in order, where it
	// is not that of their type.
	Order string `json:"order,omitempty"`
	// Several is the attribute with the name of a second type, which comes with the
	// first one: that of several of its values, as a multirange is.
	Several string `json:"several,omitempty"`
}

// A Likeness says when an object that goes and one of the same kind that comes,
// under one parent, may be one thing that was renamed.
type Likeness string

// The likenesses.
const (
	Never  Likeness = ""       // one is dropped, the other one made
	Asked  Likeness = "asked"  // the user is asked where both are equal but for Naming
	Sure   Likeness = "sure"   // it is, without a question, where both are equal but for Naming
	Judged Likeness = "judged" // the detector says; see Judge
)

// A Place is where an option can stand.
type Place string

// The places of options.
const (
	OnProject Place = "project" // the project file
	OnApp     Place = "app"     // the top of a model file
	OnModel   Place = "model"
	OnField   Place = "field"
)

// An Option is an argument or a block of the model language that a plugin owns.
// Where a model or field has it, the state has an object of the option's kind
// whose parent is that model or field, with what was written as attributes. Such
// a block of an app or of the project is Labelled and stands by itself: the
// address of its object is the app and the label, or the label alone.
type Option struct {
	Name string `json:"name"` // "audit_trigger"
	On   Place  `json:"on"`
	Kind string `json:"kind"` // "triggers.audit_trigger"
	Doc  string `json:"doc"`
	// Labelled options are blocks with a name, any number of them:
	// constraint_trigger "at_most_5" {}. The name ends the object's address.
	Labelled bool `json:"labelled,omitempty"`
	// Inherited options can stand in an app and at the top of the project file as
	// well, for every model that has none of its own.
	Inherited bool `json:"inherited,omitempty"`
	// Switch allows the form NAME = true, for a block without arguments, and
	// NAME = false, for none.
	Switch bool  `json:"switch,omitempty"`
	Shape  Shape `json:"shape"`
}

// An Implication says that an object exists for as long as something implies it.
type Implication struct {
	// Kind and Names are the address of the implied object.
	Kind  string   `json:"kind"`
	Names []string `json:"names"`
	// Attrs are its attributes as canonical JSON; empty for {}.
	Attrs string `json:"attrs,omitempty"`

	// What implies it: any of a kind of objects, a type of a field by its name,
	// a function called in an expression, an operator class or an index method.
	// "gist:integer" as an operator class is the default one that a method has
	// for a type: a key without class of a field of that type implies it. The
	// type "enum" is any enum.
	ByKind    string   `json:"by_kind,omitempty"`
	ByTypes   []string `json:"by_types,omitempty"`
	ByCalls   []string `json:"by_calls,omitempty"`
	ByOpclass []string `json:"by_opclass,omitempty"`
	ByMethods []string `json:"by_methods,omitempty"`
}
