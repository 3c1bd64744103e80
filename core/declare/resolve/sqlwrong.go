package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// reportWrong reports a column that cannot be. Where PostgreSQL looks for it only when a
// function is called, which may be never, it is a warning.
func (l *loader) reportWrong(t sqlText, w parser.Wrong, c *sqlCatalog) {
	known := c.columnsOf(w.Relation)
	d := diag.Diagnostic{
		Code: codeUnknownField, Range: t.place(w.Begin, w.End).Range(), Summary: fmt.Sprintf("%s: %s%s", t.what, w, didYouMean(w.Name, known)),
		Detail: "Names in SQL are those of the database: tables, and columns such as pizza_id.", Next: instead(w.Name, known, "correct the name"),
	}
	switch now, column := l.columnNow(w), l.columnFor(w, known); {
	case now != "":
		d.Summary = fmt.Sprintf("%s: %s, which is %s now", t.what, w, address.Quote(now))
		d.Detail = "Names in SQL are those of the database. A rename changes them in migrations, not in model files."
		d.Next = "write " + address.Quote(now)
	case column != "":
		d.Summary = fmt.Sprintf("%s: %s", t.what, w)
		d.Detail = fmt.Sprintf("Names in SQL are those of the database: the column of field %q is %q.", w.Name, column)
		d.Next = "write " + address.Quote(column)
	}
	if t.late() {
		d.Severity = diag.Warning
		d.Detail += " PostgreSQL looks for it when the function is called, and fails then."
	}
	l.add(d)
}
