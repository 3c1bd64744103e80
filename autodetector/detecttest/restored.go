package detecttest

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// Restored runs a dump on a server and makes another database of the models that are
// read from it: both have to give the same dump, but for the schema before names in
// bodies, which the models say. What the server of the tests does not have is replaced.
func Restored(t *testing.T, file string, replace *strings.Replacer, p *parser.Parser, plugins ...detect.Detector) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	dump := replace.Replace(string(data))
	db := database{T: t, url: scratch.Database(t)}
	db.psql(dump)
	again := database{T: t, url: scratch.Database(t)}
	again.up(Trial{plugins: plugins}.plan(t, nil, fromDump(t, dump, p, plugins)))
	require.Equal(t, unqualified(db.dump()), unqualified(again.dump()))
}

func unqualified(dump string) string { return strings.ReplaceAll(strings.ToLower(dump), "public.", "") }
