package column

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/sdk"
)

// isVolatile reports whether an expression has another value for each row, as far as
// the functions that it calls are PostgreSQL's or declared.
func isVolatile(w *sdk.Work, n expression.Node) bool {
	found := false
	n.Walk(func(n expression.Node) {
		switch n.Kind {
		case expression.Call:
			found = found || callsVolatile(w, n.Text[strings.LastIndexByte(n.Text, ':')+1:])
		case expression.SQL:
			for token := range sqltext.Scan(n.Text) {
				name, isName := token.Identifier()
				found = found || isName && callsVolatile(w, name)
			}
		}
		for _, step := range n.Path {
			o := w.Pass.To.Get(step.Address)
			found = found || o != nil && isVolatileFunction(w, o)
		}
	})
	return found
}

func callsVolatile(w *sdk.Work, name string) bool {
	if pgtype.Volatile(name) {
		return true
	}
	for o := range w.Pass.To.All() {
		if o.Parent.IsZero() && sdk.AttrsOf[routine](w, o).Name == name && isVolatileFunction(w, o) {
			return true
		}
	}
	return false
}

// A routine is what a function says of itself, whoever owns its kind.
type routine struct {
	Body       *sqltext.Text `json:"body"`
	Name       string        `json:"name"`
	Volatility string        `json:"volatility"`
}

// isVolatileFunction reports whether an object is a function that is not declared to
// be anything else.
func isVolatileFunction(w *sdk.Work, o *sdk.Object) bool {
	f := sdk.AttrsOf[routine](w, o)
	return f.Body != nil && (f.Volatility == "" || f.Volatility == "volatile")
}
