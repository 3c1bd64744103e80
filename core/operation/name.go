package operation

import (
	"slices"
	"strings"
)

// Name returns the key of a name in the database for Frees and Takes. Class is
// the name space: "relation", "type", "column", "constraint", "function" or
// "trigger"; names are from the outside in: schema, table, name.
func Name(class string, names ...string) string {
	return class + "\x00" + strings.Join(names, "\x00")
}

// InTable reports whether each table has the names of a class for itself; those of
// the others are distinct in a schema or in the database.
func InTable(class string) bool { return slices.Contains(strings.Fields(tableClasses), class) }

const tableClasses = "column constraint policy rule trigger"
