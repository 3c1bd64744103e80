package runner

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// A table is the name of one as SQL has it.
type table struct {
	schema, name string // the schema is empty where none is named
}

// tableOf returns the name of a relation; of what is in no schema, its own.
func tableOf(n simulation.Name) table { return table{schema: n.Schema, name: n.Name} }

// String returns the name as SQL.
func (t table) String() string {
	if t.schema == "" {
		return address.Quote(t.name)
	}
	return address.Qualify(t.schema, t.name)
}

// same reports whether two names may be of one table: the one without a schema can be
// in any.
func (t table) same(other table) bool {
	return t.name == other.name && sameSchema(t.schema, other.schema)
}
