package detect

import "strings"

// A Definer is a detector that can say how its objects are looked up in a database
// and what defines them there. Its queries are data: whoever has them reads a catalog
// without the detector.
//
// A query is one SELECT with the columns of a Definition in that order, all text. It
// is run with nothing but the catalog on the search path, in a snapshot. It leaves out
// what belongs to an extension, and the schemas of PostgreSQL and of whimbrel.
type Definer interface {
	Definitions() []CatalogQuery
}

// A Definition is an object of a database as the server defines it.
type Definition struct {
	Kind   string // what it is in SQL, in words: "table", "materialized view"
	Schema string // not quoted; empty for what is in none
	Name   string // as SQL names it, with its schema: public.pizza, public.pizza.price
	Whole  string // the Key of what it is a part of, empty if it is none
	// Create is the DDL that makes it, empty for what is made by others' (Inside), or
	// for what whimbrel cannot write as SQL.
	Create string
	// Inside is what stands for it between the parentheses of its whole's DDL.
	Inside string
	// Later is DDL that needs all other objects, such as a foreign key's.
	Later string
}

// Key tells the object from all others of a database: "table public.pizza".
func (d Definition) Key() string { return d.Kind + " " + d.Name }

// Text returns all that defines the object, as SQL; empty if whimbrel cannot write it.
func (d Definition) Text() string {
	var parts []string
	for _, part := range []string{d.Create, d.Inside, d.Later} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ";\n")
}

// ManifestsOf returns the manifests of detectors, in their order.
func ManifestsOf(detectors ...Detector) []*Manifest {
	list := make([]*Manifest, len(detectors))
	for i, d := range detectors {
		list[i] = d.Manifest()
	}
	return list
}

// DefinitionsOf returns the queries of those detectors that are Definers.
func DefinitionsOf(detectors ...Detector) []CatalogQuery {
	var all []CatalogQuery
	for _, d := range detectors {
		if definer, ok := d.(Definer); ok {
			all = append(all, definer.Definitions()...)
		}
	}
	return all
}
