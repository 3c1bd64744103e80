// Package simulation proves the SQL of a plan without a server: statements run over
// a catalog of names, each of which is there, or not there, or in doubt.
//
// A Reader says what a statement makes, takes away, renames and speaks of. A Catalog
// learns the statements of migrations that were proven or are history, and runs those
// that are to be proven: a name that is not there, or is there already, is a Fault. A
// Proof runs a plan forth and back, and the catalog has to be as it was.
//
// Nothing is a fault that may be right. Names that are PostgreSQL's or an extension's,
// that SQL made which cannot be followed, and those of schemas that are not ours are
// in doubt, and what is in doubt is believed. Migrations run with an empty search path,
// so a name without a schema is none of ours.
package simulation
