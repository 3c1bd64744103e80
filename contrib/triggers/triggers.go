// Package triggers is the plugin that keeps invariants and records changes with
// triggers of PostgreSQL.
//
// A constraint_trigger is a query that must return no row, checked when a
// transaction commits, whichever of the tables it reads was written. An
// audit_trigger records every change of a table's rows in audit.log. The way of
// a constraint trigger through the package:
//
//	table.go       models and fields as tables and columns
//	query.go       the query, to be a SELECT (path.go, join.go: the tables that it reads)
//	subquery.go    exists and in (null.go: what NULL is in)
//	polarity.go    which events can break it
//	watch.go       the triggers (parent.go: those of rows that others refer to)
//	check.go       what is checked when a row of one of its tables is written
//	lock.go        what keeps two transactions from breaking it together
//	level.go       one check for the rows of a statement or of a transaction
//	advice.go      what it does not watch (unindexed.go: which checks need an index)
//	constraint.go  functions and triggers (refusal.go: what they say)
//
// That of an audit trigger: audit.go, its triggers; record.go, the function that
// writes (mark.go: in which order, pins.go and shown.go: in which form); log.go, the
// table that it writes to (renames.go: what its columns were called); history.go, that of an audit with a
// table of its own; upkeep.go, what divides the log and takes out what is old.
package triggers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// New returns the detector of the plugin. It is safe for concurrent use.
func New() detect.Detector {
	return detector{
		manifest: newManifest(),
		build: map[string]builder{
			ConstraintKind: buildConstraint,
			AuditKind:      buildAudit,
			LogKind:        buildLog,
			UpkeepKind:     buildUpkeep,
		},
	}
}

type detector struct {
	manifest *detect.Manifest
	build    map[string]builder
}

// A builder returns what creates and drops an object in the database, as the
// given state has it.
type builder func(*state.State, *state.Object, naming) (built, error)

// A naming returns the address that an object has at the time of a state. Renames
// are made in the old state of a pass already.
type naming func(address.Address) address.Address

func asNow(a address.Address) address.Address { return a }

// before returns the naming of the old state.
func before(renames []detect.Fact) (naming, error) {
	type rename struct{ to, from address.Address }
	var list []rename
	for _, fact := range renames {
		var value struct {
			From address.Address `json:"from"`
		}
		to, err := address.Parse(fact.Subject)
		if err == nil {
			err = json.Unmarshal(fact.Value, &value)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the rename of %s: %w", fact.Subject, err)
		}
		list = append(list, rename{to: to, from: value.From})
	}
	return func(a address.Address) address.Address {
		for _, r := range list {
			if a == r.to {
				return r.from
			}
		}
		return a
	}, nil
}

// built is an object as SQL.
type built struct {
	noun     string // for summaries: "audit trigger of shop.pizza"
	verb     string // the object in the kinds of operations: "audit_trigger"
	create   []string
	check    string   // in create: what refuses rows that are there; empty: nothing does
	first    []string // after create, but not where the object is only made again
	drop     []string
	undo     []string // after drop, where the object is not made again
	audit    *audit   // it is one
	names    []string // in the database, as keys of operation.Name
	needs    []operation.Need
	locks    []address.Address // models whose tables are locked; empty: that of the object
	warnings diag.List
	holds    hold // what it depends on; the zero value: on everything
}

func (d detector) Manifest() *detect.Manifest { return d.manifest }

// Detect returns a drop and a create for each object that is changed or in the
// way of another change: triggers hold nothing that would be lost.
func (d detector) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	var result detect.Result
	was, err := before(pass.Facts)
	if err != nil {
		return result, fmt.Errorf("triggers: %w", err)
	}
	others, err := newShared(pass.To)
	if err != nil {
		return result, fmt.Errorf("triggers: %w", err)
	}
	for _, change := range pass.Changes {
		build := d.build[change.Address().Kind()]
		if build == nil {
			return detect.Result{}, fmt.Errorf("triggers: no detector of %s", change.Address())
		}
		if err := detectChange(&result, pass, change, build, was, others); err != nil {
			return detect.Result{}, fmt.Errorf("triggers: %s: %w", change.Address(), err)
		}
		if ctx.Err() != nil {
			return detect.Result{}, ctx.Err()
		}
	}
	return result, nil
}

func detectChange(
	result *detect.Result, pass detect.Pass, change detect.Change, build builder, was naming, others settlement,
) error {
	var old built
	if change.Before != nil {
		var err error
		old, err = build(pass.From, change.Before, was)
		if err != nil {
			return err
		}
		if !change.Replace && validates(change.Change) {
			return validate(result, pass, change.After, old, build)
		}
	}
	if change.After == nil {
		drop := dropOperation(change.Before, old)
		err := divide(&drop, old, built{}, pass.From, pass.To)
		result.Operations = append(result.Operations, drop)
		return err
	}
	b, err := build(pass.To, change.After, asNow)
	if err == nil && b.audit != nil {
		err = others.mistake(b.audit)
	}
	if mistake := (diag.Diagnostic{}); errors.As(err, &mistake) {
		mistake.Address = change.After.Address.String()
		result.Diagnostics = append(result.Diagnostics, mistake)
		return nil
	}
	if err != nil {
		return err
	}
	if change.Replace && !change.MustGo && change.Before != nil && state.Same(change.Before, change.After) && b.stays(old, pass.From, pass.To) {
		if refersLess(change.Before, change.After) {
			result.Operations = append(result.Operations, alterOperation(change.After, b))
		}
		return nil
	}
	result.Diagnostics = append(result.Diagnostics, b.warnings...)
	if change.Before != nil {
		follow(&old, &b)
		noteRenames(&old, &b)
		result.Operations = append(result.Operations, dropOperation(change.Before, old))
	}
	create := createOperation(change.After, b)
	if len(old.first) == 0 {
		create.Up = append(create.Up, operation.SQL(b.first...)...)
	}
	err = divide(&create, old, b, pass.From, pass.To)
	result.Operations = append(result.Operations, create)
	return err
}

func createOperation(o *state.Object, b built) operation.Operation {
	return operation.Operation{
		Kind: Name + ".create_" + b.verb, Target: o.Address, Summary: "create " + b.noun,
		Edits: []state.Edit{state.Put(o)}, Needs: b.needs, Takes: b.names,
		Up: operation.SQL(b.create...), Down: operation.SQL(slices.Concat(b.drop, b.undo)...), Locks: b.claims(o),
	}
}

// alterOperation is that of an object that stays where it is and refers to others: a field
// without a column, such as a many_to_many, has gone.
func alterOperation(o *state.Object, b built) operation.Operation {
	return operation.Operation{
		Kind: Name + ".alter_" + b.verb, Target: o.Address, Summary: "alter " + b.noun, Edits: []state.Edit{state.Put(o)},
	}
}

// refersLess reports whether an object refers to something no longer.
func refersLess(before, after *state.Object) bool {
	return slices.ContainsFunc(before.Refs, func(r state.Reference) bool { return after.Ref(r.Target) == 0 })
}

func dropOperation(o *state.Object, b built) operation.Operation {
	return operation.Operation{
		Kind: Name + ".drop_" + b.verb, Target: o.Address, Summary: "drop " + b.noun,
		Edits: []state.Edit{state.Drop(o.Address)}, Needs: operation.OppositeNeeds(b.needs), Frees: b.names,
		Up: operation.SQL(slices.Concat(b.drop, b.undo)...), Down: operation.SQL(b.create...), Locks: b.claims(o),
	}
}

// claims returns the locks of creating, which keeps writers out, and dropping,
// which keeps readers out too.
func (b built) claims(o *state.Object) []operation.Lock {
	models := b.locks
	if len(models) == 0 && !o.Parent.IsZero() {
		models = []address.Address{o.Parent}
	}
	locks := make([]operation.Lock, len(models))
	for i, m := range models {
		locks[i] = operation.Lock{Object: m, Mode: operation.AccessExclusive}
	}
	return locks
}
