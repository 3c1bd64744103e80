package sqltext

import "strings"

// HasStar reports whether * stands in the text for columns, which come in an order
// that only the server knows: not that of count(*), and not a product.
func (t Text) HasStar() bool {
	var sql strings.Builder
	for _, p := range t.Parts {
		if p.IsHole() {
			sql.WriteString(" x ")
		} else {
			sql.WriteString(p.SQL)
		}
	}
	before := Token{}
	for token := range Scan(sql.String()) {
		if token.Is("*") && before.leadsColumns() {
			return true
		}
		if !token.Kind.Blank() {
			before = token
		}
	}
	return false
}

// leadsColumns reports whether a * behind the token stands for columns.
func (t Token) leadsColumns() bool {
	for _, leading := range []string{"select", "all", "distinct", ",", "."} {
		if t.Is(leading) {
			return true
		}
	}
	return false
}
