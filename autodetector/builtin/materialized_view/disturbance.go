package materializedview

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// disturbances are what a change in place reads and builds.
func (x views) disturbances(o *sdk.Object, was, is attrs) []sdk.Hazard {
	hazards := x.scans(o, is.Data && !was.Data)
	if was.Data != is.Data {
		hazards = append(hazards, operation.Rewrite(o.Address, name(is)))
	}
	if _, kept := dropped(was, is); len(kept) < len(is.Indexes) && was.Data && is.Data {
		hazards = append(hazards, operation.Build(o.Address, name(is), operation.WritersWait))
	}
	return hazards
}

// scans are the tables that the query reads, if it is run, of those that are there.
// Nobody waits for that.
func (x views) scans(o *sdk.Object, run bool) []sdk.Hazard {
	if !run {
		return nil
	}
	var hazards []sdk.Hazard
	for _, table := range x.tables(o, map[address.Address]bool{}) {
		if x.From.Has(table) {
			hazards = append(hazards, operation.Read(o.Address, x.To.Table(table)))
		}
	}
	return hazards
}

// tables returns the models that an object reads, through views too.
func (x views) tables(o *sdk.Object, seen map[address.Address]bool) []address.Address {
	var found []address.Address
	for _, r := range o.Refs {
		target := x.Pass.To.Get(r.Target)
		switch {
		case target == nil || seen[r.Target]:
			continue
		case r.Target.Kind() == model.FieldKind:
			target = x.Pass.To.Get(target.Parent)
		}
		if target == nil || seen[target.Address] {
			continue
		}
		seen[target.Address] = true
		if target.Address.Kind() == model.ModelKind {
			found = append(found, target.Address)
		} else if target.Parent.IsZero() {
			found = append(found, x.tables(target, seen)...)
		}
	}
	slices.SortFunc(found, address.Compare)
	return found
}
