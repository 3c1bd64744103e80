package parser

import (
	"testing"

	"github.com/stretchr/testify/require"
)

type nobody struct{ Catalog }

// What is taken for a constant is one for PostgreSQL's grammar: it names nothing
// and is not wrong. The parser of the server says so.
func TestConstantsNameNothing(t *testing.T) {
	t.Parallel()
	p := New(nil)
	for word := range reserved {
		constantly(t, p, word)
	}
	for _, text := range []string{"0", "12.50", "'a''b'", "''", " NULL -- nothing\n", "/* when */ Current_Timestamp"} {
		constantly(t, p, text)
	}
}

func constantly(t *testing.T, p *Parser, text string) {
	t.Helper()
	require.True(t, nameless(text), text)
	parsed, err := p.expression(text, nobody{}, nil, nil)
	require.NoError(t, err, text)
	parsed.Columns = nil // an expression's column bears no object's name
	require.Equal(t, &Analysis{}, parsed, text)
}

func TestWhatIsNoConstant(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "name", "now()", "1 + 1", "-1", "'a' 'b'", "'a'\n'b'", "'open", "E'a'", "1a", "0x1F", "null null", "null; drop table x", "current_schema", "\"null\"", "/* open", "1e",
	} {
		require.False(t, nameless(text), text)
	}
}
