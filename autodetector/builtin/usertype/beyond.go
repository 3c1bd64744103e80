package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// through reports whether something depends on the types or their columns that only
// releasingThrough takes away and makes again.
func (c Conversion) through() bool {
	b := beyond{conversion: c, seen: map[address.Address]bool{}}
	for _, user := range c.Users {
		if b.from(user.After) {
			return true
		}
	}
	return slices.ContainsFunc(c.family(), func(t address.Address) bool { return b.from(c.work.Pass.To.Get(t)) })
}

// beyond is the search for what depends on a type through others.
type beyond struct {
	conversion Conversion
	seen       map[address.Address]bool
}

// from looks at what depends on an object, and at what stands by itself over that.
func (b beyond) from(o *sdk.Object) bool {
	if o == nil {
		return false
	}
	for _, user := range b.conversion.work.Pass.To.Dependents(o.Address) {
		if b.conversion.isOver(user.Address) {
			if user.Address.Kind() == model.RangeKind && b.conversion.standing() {
				return true // its functions are part of it
			}
			continue
		}
		if b.isBeyond(user, o) {
			return true
		}
		if !b.seen[user.Address] && user.Parent.IsZero() {
			b.seen[user.Address] = true
			if b.from(user) {
				return true
			}
		}
	}
	return false
}

// isBeyond reports whether the usual release does not know what depends on an object,
// or would not make all of it again.
func (b beyond) isBeyond(user, o *sdk.Object) bool {
	const function, view, materialized = "function", "view", "materialized_view"
	kind := user.Address.Kind()
	switch o.Address.Kind() {
	case function:
		return b.keeps(user) || b.excludes(user) || slices.Contains([]string{function, "procedure", "aggregate", "sql_object", "statistics"}, kind)
	case view, materialized:
		return kind != view && kind != materialized
	}
	return kind == "aggregate" || kind == "sql_object" || b.keeps(user)
}

// keeps reports whether a trigger has what its definition does not say.
func (b beyond) keeps(o *sdk.Object) bool {
	if o.Address.Kind() != "trigger" {
		return false
	}
	kept := sdk.AttrsOf[struct{ Comment, Enabled string }](b.conversion.work, o)
	return kept.Comment != "" || kept.Enabled != ""
}

// excludes reports whether something is an exclusion constraint: what it calls is known
// of its index only.
func (b beyond) excludes(o *sdk.Object) bool {
	return o.Address.Kind() == model.ConstraintKind && sdk.AttrsOf[model.Constraint](b.conversion.work, o).Type == model.Exclude
}
