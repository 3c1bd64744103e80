package trigger

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/sdk"
)

// namesRow reports whether a condition names a row.
func namesRow(t sdk.Text) bool { return names(t, "old") || names(t, "new") }

// names reports whether a condition names the row as it was, old, or as it is, new.
func names(t sdk.Text, side string) bool {
	for _, p := range t.Parts {
		for token := range sqltext.Scan(p.SQL) {
			if name, ok := token.Identifier(); ok && name == side {
				return true
			}
		}
	}
	return false
}

// loose returns a name in a condition that stands behind neither old nor new: a field
// of the table, or the table itself. It is empty if there is none.
func loose(t sdk.Text) string {
	literal := ""
	for _, p := range t.Parts {
		if !p.IsHole() {
			literal = p.SQL
			continue
		}
		kind := p.Ref.Kind()
		if kind == model.ModelKind || kind == model.FieldKind && !strings.HasSuffix(strings.TrimRight(literal, " \t\r\n"), ".") {
			return p.Ref.Name()
		}
		literal = ""
	}
	return ""
}
