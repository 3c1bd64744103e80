package sdk

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// Locks claims a lock for Script.Locks and Step.Locks: on the table that the option
// is in, or for a block that stands by itself on every table that it refers to. See
// LocksOf for some of these.
func (d *Declared[T]) Locks(mode LockMode) []Lock {
	if m := modelOf(d.State, d.Object); m != nil {
		return []Lock{{Object: m.Address, Mode: mode}}
	}
	refs := make([]address.Address, len(d.Object.Refs))
	for i, ref := range d.Object.Refs {
		refs[i] = ref.Target
	}
	return d.locks(mode, refs...)
}

// LocksOf claims a lock on the tables of what arguments name: of a model, or of the
// model that a field is part of.
func (d *Declared[T]) LocksOf(mode LockMode, refs ...address.Ref) []Lock {
	named := make([]address.Address, len(refs))
	for i, ref := range refs {
		named[i] = ref.Address
		if o := d.State.Get(ref.Address); o == nil || modelOf(d.State, o) == nil {
			d.trouble.fail("%s is no table and part of none", ref.Address)
		}
	}
	return d.locks(mode, named...)
}

// locks claims a lock on each table that objects are or are part of, once.
func (d *Declared[T]) locks(mode LockMode, objects ...address.Address) []Lock {
	var list []Lock
	for _, a := range objects {
		o := d.State.Get(a)
		if o == nil {
			continue // a reference to nothing is found by whoever resolves the models
		}
		if m := modelOf(d.State, o); m != nil && !slices.ContainsFunc(list, func(l Lock) bool { return l.Object == m.Address }) {
			list = append(list, Lock{Object: m.Address, Mode: mode})
		}
	}
	return list
}
