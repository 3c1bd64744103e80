package catalog

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// lay ends the last line of texts in SQL that have several, so that they are written
// as they look.
func lay(body *declare.Body) {
	for _, a := range body.Attrs {
		layExpr(a.Value)
	}
	for _, b := range body.Blocks {
		lay(b.Body)
	}
}

func layExpr(e *declare.Expr) {
	if e.Kind != declare.Call || e.Text != "sql" || len(e.Args) != 1 || e.Args[0].Kind != declare.String {
		return
	}
	text := e.Args[0]
	if strings.Contains(text.Text, "\n") && !strings.HasSuffix(text.Text, "\n") {
		text.Text += "\n"
	}
}
