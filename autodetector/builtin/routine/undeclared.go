package routine

import (
	"strings"

	"github.com/whimbreldb/whimbrel/sdk"
)

// Undeclared returns the name of a function that nobody declares, as it is written:
// with that of a schema before it, or without. Without one, nothing is returned.
func Undeclared(name string) string {
	if name == "" {
		return ""
	}
	if schema, function, qualified := strings.Cut(name, "."); qualified {
		return sdk.Qualified(schema, function)
	}
	return sdk.Ident(name)
}
