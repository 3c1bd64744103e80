// Package extensions is the plugin that creates extensions of PostgreSQL before
// their first use and drops them after the last.
//
// Nobody declares an extension: a type, function, operator class or index method
// of a model implies it (catalog.go). An extension that was in the database
// before is used as it is and never dropped.
package extensions

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// New returns the detector of the plugin. It is safe for concurrent use.
func New() detect.Detector { return detector{manifest: newManifest()} }

type detector struct{ manifest *detect.Manifest }

func (d detector) Manifest() *detect.Manifest { return d.manifest }

// Detect returns an operation for each extension that comes or goes. One that is
// touched by something else stays: nothing of the project defines it.
func (d detector) Detect(_ context.Context, pass detect.Pass) (detect.Result, error) {
	var result detect.Result
	for _, change := range pass.Changes {
		if kind := change.Address().Kind(); kind != Kind {
			return detect.Result{}, fmt.Errorf("extensions: no detector of kind %q", kind)
		}
		switch {
		case change.Before == nil:
			result.Operations = append(result.Operations, create(change.After))
		case change.After == nil:
			result.Operations = append(result.Operations, drop(change.Before))
		case !state.Same(change.Before, change.After):
			result.Operations = append(result.Operations, alter(change.After))
		}
	}
	return result, nil
}

func create(o *state.Object) operation.Operation {
	name := o.Address.Name()
	return operation.Operation{
		Kind: createKind, Target: o.Address, Summary: "create extension " + name,
		Edits: []state.Edit{state.Put(o)}, Needs: needs(name, operation.Create, false),
		Up: operation.SQL(createSQL(name)), Down: operation.SQL(dropSQL(name)),
	}
}

func drop(o *state.Object) operation.Operation {
	name := o.Address.Name()
	return operation.Operation{
		Kind: dropKind, Target: o.Address, Summary: "drop extension " + name,
		Edits: []state.Edit{state.Drop(o.Address)}, Needs: needs(name, operation.Drop, true),
		Up: operation.SQL(dropSQL(name)), Down: operation.SQL(createSQL(name)),
	}
}

// alter only records other attributes: the name is all that PostgreSQL is told.
func alter(o *state.Object) operation.Operation {
	return operation.Operation{
		Kind: alterKind, Target: o.Address, Summary: "alter extension " + o.Address.Name(),
		Edits: []state.Edit{state.Put(o)},
	}
}

// needs orders extensions that are built on one another.
func needs(name string, verb operation.Verb, before bool) []operation.Need {
	var list []operation.Need
	for _, e := range catalog {
		if e.name != name {
			continue
		}
		for _, required := range e.requires {
			list = append(list, operation.Need{
				Verb: verb, Object: Address(required), Before: before, Soft: true,
				Why: name + " is built on " + required,
			})
		}
	}
	return list
}
