package detect

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// manifestVersion is what a version can be: one to three numbers, as in "1" or
// "1.4.0", and what semantic versions have behind them.
var manifestVersion = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){0,2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z.-]+)?$`)
})

// facts checks the names of facts.
func (v *validator) facts(m *Manifest) {
	for _, fact := range m.Produces {
		if !kindLike(fact) {
			v.wrong(codeName, m, fmt.Sprintf("the plugin produces the fact %q, which cannot be called so: its name is such as %s.total", fact, m.Name))
		}
	}
	for _, fact := range m.Consumes {
		if !kindLike(fact) {
			v.wrong(codeName, m, fmt.Sprintf("the plugin consumes the fact %q, which none is called", fact))
		}
	}
	v.twice(m, "the fact that is consumed,", m.Consumes)
}

// queries checks what is asked of the catalog of a database: one SELECT each. What
// such a query does is not looked at here; it is run in a cursor that only reads.
func (v *validator) queries(m *Manifest) {
	names := make([]string, len(m.Queries))
	for i, query := range m.Queries {
		names[i] = query.Name
		if why := query.wrong(); why != "" {
			v.wrong(codeQuery, m, fmt.Sprintf("the query %q %s", query.Name, why))
		}
	}
	v.twice(m, "the query", names)
}

// wrong says what is wrong with a query.
func (q CatalogQuery) wrong() string {
	statements := sqltext.Split(q.SQL)
	switch {
	case strings.TrimSpace(q.Name) == "":
		return "has no name, by which its answer is found"
	case len(statements) == 0:
		return "has no SQL"
	case len(statements) > 1:
		return fmt.Sprintf("is %d statements", len(statements))
	case !queryBegins().MatchString(statements[0].Text):
		return "is no SELECT"
	case q.MinServer < 0 || q.MaxServer < 0:
		return "is for servers of a version less than 0"
	case q.MaxServer != 0 && q.MinServer > q.MaxServer:
		return fmt.Sprintf("is for servers from version %d to %d, which no server has", q.MinServer, q.MaxServer)
	}
	return ""
}

// queryBegins matches how a statement begins that a cursor can read.
var queryBegins = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^(select|with|values|table)\b|^\(`) })

// docs checks what a plugin says of itself.
func (v *validator) docs(m *Manifest) {
	v.doc(m, "the plugin", m.Doc)
	for _, kind := range m.Kinds {
		v.doc(m, "kind "+kind.Name, kind.Doc)
	}
	for _, query := range m.Queries {
		v.doc(m, fmt.Sprintf("the query %q", query.Name), query.Doc)
	}
}

func (v *validator) doc(m *Manifest, what, doc string) {
	if why := wrongDoc(doc); why != "" {
		v.wrong(codeDoc, m, what+" "+why)
	}
}

// wrongDoc says what is wrong with a description, which people read in a terminal.
func wrongDoc(doc string) string {
	if !strings.ContainsFunc(doc, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) {
		return ""
	}
	return fmt.Sprintf("has the description %q, with characters that move about in a terminal", doc)
}

func (a Attr) wrongDoc() string { return wrongDoc(a.Doc + a.Example) }
