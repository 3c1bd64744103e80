package sdk

import (
	"fmt"
	"iter"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Changes yields the changes of one kind, in the order of their addresses.
func Changes(pass Pass, kind string) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		for _, change := range pass.Changes {
			if change.Address().Kind() == kind && !yield(change) {
				return
			}
		}
	}
}

// A Script is the SQL that makes an object and the SQL that takes it away. Each
// text is one statement.
type Script struct {
	Create, Drop []string
	// Clause fills the slot of the kind in the statement that makes the table, such as
	// "PARTITION BY RANGE (at)"; see Fills. Set says the same to a table that is there,
	// and Reset undoes that: without them the option stays as the table was made. What
	// is to be done besides is Create, behind it, and Drop.
	Clause, Set, Reset string
	// Names are the names in the database that it takes, as Name makes them. They
	// are free again once it is dropped. Those of a block that stands by itself follow
	// from its arguments with the tag names, unless more is said here.
	Names []string
	// Needs orders the create where references do not; the drop has the reverse.
	Needs []Need
	// Locks are the strongest locks that either takes on tables that were there
	// before; see Declared.Locks. Empty: nothing is claimed.
	Locks []Lock
}

// Name returns the key of a name in the database for Script.Names. Class is the
// name space, such as "function" or "trigger"; the names are schema, table, name.
func Name(class string, names ...string) string { return operation.Name(class, names...) }

// A Render returns the SQL of an object as it is in a state. What is to be dropped it
// sees as it was, with the addresses of before the renames.
type Render func(s *State, o *Object) (Script, error)

// Recreate returns the operations for a kind of objects that PostgreSQL cannot
// alter, or that are not worth altering: what is new is created, what is gone is
// dropped, what is different is dropped and created. For the kind "rls.policy"
// their kinds are "rls.create_policy" and "rls.drop_policy", which the manifest
// has to list in Emits.
//
// Errors of render are returned with the address of the object.
func Recreate(pass Pass, kind string, render Render) ([]Operation, error) {
	var operations []Operation
	was := &past{pass: pass}
	for change := range Changes(pass, kind) {
		if change.Before != nil {
			drop, err := gone(was, change.Before, render)
			if err != nil {
				return nil, err
			}
			operations = append(operations, drop)
		}
		if change.After != nil {
			create, err := made(pass.To, change.After, render)
			if err != nil {
				return nil, err
			}
			operations = append(operations, create)
		}
	}
	return operations, nil
}

// made returns the operation that makes an object.
func made(s *State, o *Object, render Render) (Operation, error) {
	script, err := render(s, o)
	if err != nil {
		return Operation{}, fmt.Errorf("%s: %w", o.Address, err)
	}
	op := Creation(o)
	op.Up, op.Down = operation.SQL(script.Create...), operation.SQL(script.Drop...)
	op.Takes, op.Needs, op.Locks = script.Names, script.Needs, script.Locks
	return op, nil
}

// gone returns the operation that takes an object away, as it was.
func gone(was *past, o *Object, render Render) (Operation, error) {
	script, err := render(was.as(), was.of(o))
	if err != nil {
		return Operation{}, fmt.Errorf("%s: %w", o.Address, err)
	}
	op := Removal(o)
	op.Up, op.Down = operation.SQL(script.Drop...), operation.SQL(script.Create...)
	op.Frees, op.Needs, op.Locks = script.Names, was.needsNow(mirrored(script.Needs)), was.locksNow(script.Locks)
	return op, nil
}

// Decode reads the attributes of an object into a struct with JSON tags.
func Decode[T any](o *Object) (T, error) { return state.Decode[T](o) }
