package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Lasting returns a domain as it is between the exchange of the enum under it and its
// own change: without a default and a check that name values which the enum loses, and
// that are others afterwards. A domain that is not exchanged with an enum is what it was.
func Lasting(w *sdk.Work, before *sdk.Object, d model.Domain) model.Domain {
	lasting, _ := NewRenaming(w).lasting(before, d)
	return lasting
}

// lasting is Lasting, and returns the enum that loses values, or a zero address.
func (r *Renaming) lasting(before *sdk.Object, d model.Domain) (model.Domain, address.Address) {
	enum, values := r.lost(before, d.Type)
	after := r.work.Pass.To.Get(before.Address)
	if len(values) == 0 || after == nil {
		return d, address.Address{}
	}
	is := sdk.AttrsOf[model.Domain](r.work, after)
	named := naming{Change{Renamed: values}.Renaming(r.work, enum), Change{Renamed: values}}
	named.Under = d.Type
	if !sdk.Same(d.Default, is.Default) && named.by(d.Default, named.Value(d.Default, d.Type)) {
		d.Default = nil
	}
	if !sdk.Same(d.Check, is.Check) && named.by(d.Check, named.In(d.Check)) {
		d.Check = nil
	}
	return d, enum
}

// lost returns the enum that a domain is exchanged with, and the values that it loses,
// each with a name that no value has.
func (r *Renaming) lost(before *sdk.Object, under model.Type) (address.Address, map[string]string) {
	enum, change := r.ChangeOf(under)
	if !change.Remade || enum.Kind() != model.EnumKind || !slices.Contains(typesOver(r.work, enum), r.work.Pass.From.Get(before.Address)) {
		return address.Address{}, nil
	}
	was := sdk.AttrsOf[model.Enum](r.work, r.work.Pass.From.Get(enum))
	is := sdk.AttrsOf[model.Enum](r.work, r.work.Pass.To.Get(enum))
	lost := map[string]string{}
	for _, value := range was.Values {
		if _, renamed := change.Renamed[value]; !renamed && !slices.Contains(is.Values, value) {
			lost[value] = sdk.Spare(value)
		}
	}
	return enum, lost
}

// A naming finds what names values: it would be another text with other names of them,
// or may be one.
type naming struct {
	*Renaming
	change Change
}

func (n naming) by(text, renamed *expression.Node) bool {
	return !sdk.Same(text, renamed) || n.change.Hides(text)
}
