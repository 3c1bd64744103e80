package builtin_test

import (
	"strings"
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// TestPagila reads a dump of somebody else's: 54 partitions with indexes and foreign
// keys of their own, views, functions, an aggregate, domains. Its server is newer than
// that of the tests: a virtual column is stored here, and what it has of an extension
// and of functions is replaced.
func TestPagila(t *testing.T) {
	t.Parallel()
	replace := strings.NewReplacer(
		" VIRTUAL\n", " STORED\n", "uuidv7()", "gen_random_uuid()", "public.vector(20)", "real[]",
		"CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;", "", "COMMENT ON EXTENSION vector IS 'vector data type and ivfflat and hnsw access methods';", "",
		"USING hnsw (embedding public.vector_cosine_ops)", "USING gin (embedding)",
		"ALTER SCHEMA public OWNER TO postgres;", "", // owners are nobody's here
	)
	detecttest.Restored(t, "testdata/dumps/pagila.sql", replace, parser.New(nil))
}
