package materializedview

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/sdk"
)

// reads reports whether SQL over the columns of a view says the same as other SQL, once
// the columns have got other names. Blanks, comments and capitals mean nothing.
func reads(before, after string, renamed map[string]string) bool {
	return slices.Equal(spelling(before, renamed), spelling(after, nil))
}

// spelling returns the words of SQL, columns under the names that they get.
func spelling(sql string, renamed map[string]string) []string {
	var tokens []sqltext.Token
	for t := range sqltext.Scan(sql) {
		if !t.Kind.Blank() {
			tokens = append(tokens, t)
		}
	}
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Text
		name, named := t.Identifier()
		if !named {
			continue
		}
		calls := i+1 < len(tokens) && tokens[i+1].Is("(")
		if now := renamed[name]; now != "" && !calls {
			name = now
		}
		words[i] = sdk.Ident(name)
	}
	return words
}
