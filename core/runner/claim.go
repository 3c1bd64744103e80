package runner

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// A claim is something that SQL says it makes.
type claim struct {
	class    string // as core/simulation has kinds, "table" or "column"
	schema   string // empty where none is named
	relation string // that a column, constraint, trigger, policy or index is of
	name     string
	typ      string   // of a column; empty where it is not known
	values   []string // that an enum has to have
	args     int      // how many a caller gives a function; -1: not known
	by       string   // the ID of the migration, if it is on the way
}

// group returns the class of all that share names with a claim of a class.
func group(class string) string {
	switch class {
	case "table", "foreign table", "view", "materialized view", "index", "sequence":
		return "relation"
	case "type", "domain":
		return "type"
	case "function", "procedure", "aggregate":
		return "function"
	}
	return class
}

// isPart reports whether what a class is of has a name only within a relation.
func isPart(class string) bool {
	return class == "column" || class == "constraint" || class == "trigger" || class == "policy"
}

// hasParts reports whether what a class is of has columns: a composite type has some too.
func hasParts(class string) bool { return group(class) == "relation" || group(class) == "type" }

// String returns the claim as it is told, such as "column shop.pizza.name".
func (c claim) String() string {
	text := address.Quote(c.name)
	if isPart(c.class) {
		text = address.Quote(c.relation) + "." + text
	}
	if c.schema != "" {
		text = address.Quote(c.schema) + "." + text
	}
	return c.class + " " + text
}

// same reports whether two claims may be of one thing: what has no schema can be in any.
func (c claim) same(other claim) bool {
	return group(c.class) == group(other.class) && c.name == other.name && sameSchema(c.schema, other.schema) &&
		(!isPart(c.class) || c.relation == other.relation) && (c.args < 0 || other.args < 0 || c.args == other.args)
}

// of reports whether a claim is of something that belongs to a relation.
func (c claim) of(relation claim) bool {
	return c.relation != "" && c.relation == relation.name && sameSchema(c.schema, relation.schema)
}

func sameSchema(a, b string) bool { return a == b || a == "" || b == "" }

// sameType reports whether two names of types may be of one type. What cannot be read
// may be any; an array has no number of dimensions in PostgreSQL, and a type without a
// schema can be in any.
func sameType(claimed, there string) bool {
	a, failed := pgtype.Parse(claimed)
	b, failedToo := pgtype.Parse(there)
	if claimed == "" || failed != nil || failedToo != nil {
		return true
	}
	if (a.Dimensions() > 0) != (b.Dimensions() > 0) {
		return false
	}
	if _, builtin := a.Type(); !builtin && a.Schema() == "" {
		return a.Identifier() == b.Identifier()
	}
	return scalar(a.String()) == scalar(b.String())
}

func scalar(typ string) string {
	name, _, _ := strings.Cut(typ, "[]")
	return name
}

// claims are what SQL says that is there.
type claims []claim

// claimsOf returns the claims of what migrations made whose IDs are known.
func claimsOf(catalog *simulation.Catalog, ids []string) claims {
	var made claims
	for _, o := range catalog.Objects() {
		if o.By < 0 || !isCompared(o.Kind) {
			continue
		}
		made = append(made, claim{
			class: o.Kind, schema: o.Name.Schema, relation: o.Name.Relation, name: o.Name.Name,
			typ: o.Type, values: o.Values, args: o.Name.Arity(), by: ids[o.By],
		})
	}
	return made
}
