// Package usertype holds what the types that people make have in common, enums,
// domains, composites and ranges: a name among the types of a schema, columns that use them, and the way
// to exchange one for a new one of the same name under these columns. It owns no
// objects.
package usertype

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Name is the name of a type in the database.
type Name struct{ Schema, Name string }

// nameOf returns that of a type.
func nameOf(w *sdk.Work, o *sdk.Object) Name { return sdk.AttrsOf[Name](w, o) }

// old returns the name of a type that goes, for the time being.
func (n Name) old() Name { return Name{n.Schema, model.Name(n.Name, "whimbrel_old")} }

// SQL returns schema.name, in double quotes where they are needed.
func (n Name) SQL() string { return address.Qualify(n.Schema, n.Name) }

// Keys are the names that the type has in the database; see sdk.Owner.Names.
func (n Name) Keys() []string { return []string{operation.Name("type", n.Schema, n.Name)} }

// Move returns the statements that give a type another schema and name.
func (n Name) Move(to Name) []string {
	var texts []string
	if n.Schema != to.Schema {
		texts = append(texts, "ALTER TYPE "+n.SQL()+" SET SCHEMA "+address.Quote(to.Schema))
	}
	if n.Name != to.Name {
		texts = append(texts, "ALTER TYPE "+Name{to.Schema, n.Name}.SQL()+" RENAME TO "+address.Quote(to.Name))
	}
	return texts
}
