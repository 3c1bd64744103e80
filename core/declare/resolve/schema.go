package resolve

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// schemaName reads the name of a schema that tables or types can stand in.
func (l *loader) schemaName(f *declare.Document, a *declare.Attr) (string, bool) {
	name, ok := l.identifier(f, a)
	if !ok {
		return publicSchema, false
	}
	return name, l.ourSchema(declare.Place{Document: f, Span: a.Value.Span}, name)
}

// ourSchema reports schemas that are somebody else's.
func (l *loader) ourSchema(at declare.Place, name string) bool {
	switch {
	case strings.HasPrefix(name, "pg_") || name == "information_schema":
		l.report(at, codeName, fmt.Sprintf("schema %q is PostgreSQL's own", name), "Names that begin with pg_ are reserved.", "choose another name")
	case name == "whimbrel":
		l.report(at, codeName, `schema "whimbrel" is taken`, "whimbrel keeps its record of applied migrations there.", "choose another name")
	default:
		return true
	}
	return false
}
