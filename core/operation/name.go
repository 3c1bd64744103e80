package operation

import "strings"

// Name returns the key of a name in the database for Frees and Takes. Class is
// the name space: "relation", "type", "column", "constraint", "function" or
// "trigger"; names are from the outside in: schema, table, name.
func Name(class string, names ...string) string {
	return class + "\x00" + strings.Join(names, "\x00")
}
