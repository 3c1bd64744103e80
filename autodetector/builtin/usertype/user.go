package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A User is a field that has a type before and after the migration.
type User struct{ Before, After *sdk.Object }

// Users returns the plain columns of managed tables that have an enum or domain
// as their type before and after the migration. A column that gets or loses the
// type is converted by itself, before or after.
func Users(w *sdk.Work, t address.Address) []User {
	var users []User
	for _, after := range w.Pass.To.Dependents(t) {
		before := w.Pass.From.Get(after.Address)
		if before == nil || after.Address.Kind() != model.FieldKind || !w.To.Managed(after) || !w.From.Managed(before) {
			continue
		}
		if isPlain(sdk.AttrsOf[model.Field](w, before), t) && isPlain(sdk.AttrsOf[model.Field](w, after), t) {
			users = append(users, User{Before: before, After: after})
		}
	}
	return users
}

// isPlain reports whether a field has a type and is not computed.
func isPlain(f model.Field, t address.Address) bool {
	return f.Type.Of != nil && f.Type.Of.Address == t && f.Generated == nil
}

// Computed reports whether a generated column reads a column of a type, or what takes
// or gives the type: such a column cannot be converted while the other one is there, and
// no function goes that one calls.
func Computed(w *sdk.Work, t address.Address) bool {
	c := Convert(w, t, Name{})
	seen := map[address.Address]bool{}
	for _, user := range c.Users {
		if c.computes(user.After.Address, seen) {
			return true
		}
	}
	return slices.ContainsFunc(c.family(), func(t address.Address) bool { return c.computes(t, seen) })
}

// computes reports whether a generated column reads an object, or what stands by itself
// over it.
func (c Conversion) computes(a address.Address, seen map[address.Address]bool) bool {
	for _, o := range c.work.Pass.To.Dependents(a) {
		switch {
		case seen[o.Address]:
			continue
		case o.Address.Kind() == model.FieldKind && sdk.AttrsOf[model.Field](c.work, o).Generated != nil:
			return true
		}
		seen[o.Address] = true
		if o.Parent.IsZero() && c.computes(o.Address, seen) {
			return true
		}
	}
	return false
}

// ValuesLost returns the hazard that the column holds values, given as literals
// with commas between them, that the other type does not have.
func (u User) ValuesLost(at sdk.Moment, literals string, down bool) sdk.Hazard {
	c := column.Of(at, at.Find(u.After.Address))
	condition := c.Name + "::text IN (" + literals + ")"
	if c.Type.IsArray() {
		condition = c.Name + "::text[] && ARRAY[" + literals + "]"
	}
	h := c.ValuesLost(condition, down)
	h.Text = "rows of " + c.Table + " whose " + c.Name + " is " + literals + " have no value in the other type; the change fails on them"
	return h
}
