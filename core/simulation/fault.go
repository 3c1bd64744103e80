package simulation

import "fmt"

// A Fault is a name that a statement cannot have.
type Fault struct {
	Effect Effect
	// Taken says that the name is there already; else it is not there.
	Taken bool
	// By is the index of the operation that took the name, or gave it up; or that spoke
	// of it before it is made. -1: none of those that are run.
	By int
	// Early says that By speaks of the name, which only the statement makes.
	Early bool
	// Origin is what did it before, as LearnFrom was told, where By is none. Empty: nobody
	// said.
	Origin string
}

// String says what is wrong: "function shop.total() is not there".
func (f *Fault) String() string {
	name := f.Effect.Name
	switch {
	case f.Taken && f.Effect.Verb == Renames:
		name.Name = f.Effect.To
	case f.Taken && f.Effect.Verb == Moves:
		name.Schema = f.Effect.To
	}
	if f.Taken {
		return fmt.Sprintf("%s is there already", name)
	}
	return fmt.Sprintf("%s is not there", name)
}
