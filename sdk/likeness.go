package sdk

import "github.com/whimbreldb/whimbrel/core/detect"

// When an object that goes and one that comes may be one thing that was renamed;
// see Alike.
const (
	Asked = detect.Asked // the user is asked
	Sure  = detect.Sure  // it is, without a question
)

// What JudgedBy finds of an object that goes and one that comes.
const (
	IsDifferent = detect.Different
	IsAlike     = detect.Alike // only the user can tell; he is asked
	IsEqual     = detect.Equal
)

// Alike says when an object of an option that goes and one that comes are one that
// has another label now: Asked or Sure where they differ in nothing but what names
// them. Without it one is dropped and the other one made, unless the user says that
// it is a rename.
func Alike(when detect.Likeness) Setting { return func(d *draft) { d.kind.Likeness = when } }

// Naming adds arguments that do not make two objects different things; see Alike.
// Those with the tag names are known.
func Naming(arguments ...string) Setting {
	return func(d *draft) { d.kind.Naming = append(d.kind.Naming, arguments...) }
}
