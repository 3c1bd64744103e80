package extensions

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// Kind is the kind of extensions. Their path is the name alone: an extension
// belongs to the database and to no app.
const Kind = "extensions.extension"

// The kinds of operations.
const (
	createKind = "extensions.create_extension"
	alterKind  = "extensions.alter_extension"
	dropKind   = "extensions.drop_extension"
)

// Address returns the address of an extension.
func Address(name string) address.Address { return address.New(Kind, name) }

func newManifest() *detect.Manifest {
	return &detect.Manifest{
		Name: "extensions", Version: "1.0.0",
		Doc:          "Creates extensions before their first use and drops those that it created after the last.",
		Kinds:        []detect.Kind{{Name: Kind, Doc: "An extension of PostgreSQL, in the schema public."}},
		Implications: implications(),
		Emits:        []string{createKind, alterKind, dropKind},
	}
}

func implications() []detect.Implication {
	list := make([]detect.Implication, len(catalog))
	for i, e := range catalog {
		list[i] = detect.Implication{
			Kind: Kind, Names: []string{e.name},
			ByTypes: e.types, ByCalls: e.calls, ByOpclass: e.opclasses, ByMethods: e.methods,
		}
	}
	return list
}
