package resolve

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// brings notes what a text needs that PostgreSQL reads at once, beside what it names:
// extensions, by the functions that it calls, and schemas of apps.
func (r *optionReader) brings(t sqlText) {
	if t.late() {
		return
	}
	c := &sqlCatalog{l: r.b.l, text: t}
	tokens := slices.DeleteFunc(slices.Collect(sqltext.Scan(t.text)), func(t sqltext.Token) bool { return t.Kind.Blank() })
	for i, token := range tokens {
		name, ok := token.Identifier()
		if _, own := c.object(functionName, "", name); ok && !own && i+1 < len(tokens) && tokens[i+1].Is("(") {
			r.uses.call(name)
		}
		if ok && i > 1 && tokens[i-1].Is("schema") && slices.ContainsFunc([]string{"on", "in", "with"}, tokens[i-2].Is) && r.b.l.isSchema(name) {
			r.uses.schema(name)
		}
	}
}

// isSchema reports whether an app has a schema.
func (l *loader) isSchema(name string) bool {
	for _, a := range l.apps {
		if a.Schema == name {
			return !strings.HasPrefix(name, "pg_")
		}
	}
	return false
}
