package project_test

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
)

// schemas is a folder with schemas of other people's projects, each a file *.sql that psql
// runs.
var schemas = flag.String("schemas", "../builtin/testdata/dumps", "folder of the schemas of TestRealSchemas")

// TestRealSchemas loads each schema, makes models of the database and another database of
// those: nothing is left out, both give the same dump, and nothing is left to do. How long
// it took beside pg_dump -s is logged, as a row of the table in docs/inspect.md.
func TestRealSchemas(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(*schemas, "*.sql"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			a := loaded(t, elsewhere().Replace(string(data)))
			a.adopted()
			a.again()
		})
	}
}

// elsewhere replaces what the servers of the tests may be too old for, or lack.
func elsewhere() *strings.Replacer {
	return strings.NewReplacer(
		" VIRTUAL\n", " STORED\n", "uuidv7()", "gen_random_uuid()", "public.vector(20)", "real[]",
		"CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;", "", "COMMENT ON EXTENSION vector IS", "--",
		"USING hnsw (embedding public.vector_cosine_ops)", "USING gin (embedding)",
	)
}

// An adoption is a database of somebody else's that becomes a project.
type adoption struct {
	*testing.T
	theirs, ours place
	site         *site
	found        []detect.Definition
	left         []catalog.Remainder
	inspect      time.Duration
}

func loaded(t *testing.T, sql string) *adoption {
	t.Helper()
	a := &adoption{T: t, theirs: fresh(t), ours: fresh(t)}
	a.site = &site{ctx: t.Context(), dir: t.TempDir(), db: a.ours.Database, log: &strings.Builder{}}
	psql(t, a.theirs, sql)
	psql(t, a.theirs, "DROP TABLE IF EXISTS schema_migrations, ar_internal_metadata") // the books of others
	return a
}

// adopted makes model files, and notes what they do not say.
func (a *adoption) adopted() {
	begin := time.Now()
	seen, err := a.theirs.Look(a.Context(), detect.DefinitionsOf(append(builtin.Detectors(), linked()...)...))
	require.NoError(a, err)
	a.found = seen.Objects
	p, err := project.Draft(a.site.dir, a.found, project.Seed{Database: "shop"}, inProcess(linked()...))
	require.NoError(a, err)
	a.Cleanup(p.Close)
	adopted, err := p.Adopt(a.Context(), a.found, project.Adoption{})
	require.NoError(a, err)
	a.left, a.inspect = adopted.Left, time.Since(begin)
	_, err = adopted.Write()
	require.NoError(a, err)
}

// again makes the other database.
func (a *adoption) again() {
	require.NoError(a, a.site.make())
	require.NoError(a, a.site.migrate())
	begin := time.Now()
	theirs := dumped(a.T, a.theirs)
	took := time.Since(begin)
	lost, added := difference(restored(a.T, theirs), restored(a.T, dumped(a.T, a.ours)))
	a.Logf("| %s | %s | %d | %.1f | %.1f |", filepath.Base(a.Name()), kindsOf(a.found), len(lost), a.inspect.Seconds(), took.Seconds())
	require.Empty(a, a.left)
	require.Empty(a, lost)
	require.Empty(a, added)
	a.idle()
}

// idle checks that there is nothing more to do, and that their database could be recorded
// as migrated.
func (a *adoption) idle() {
	p, err := a.site.open()
	require.NoError(a, err)
	a.Cleanup(p.Close)
	plan, err := p.Plan(a.Context(), project.PlanOptions{})
	require.NoError(a, err)
	require.Empty(a, plan.Migrations)
	likeness, err := p.Likeness(a.Context(), a.found)
	require.NoError(a, err)
	require.Empty(a, likeness.Missing)
	require.Empty(a, likeness.Beside)
}

// kindsOf returns how many objects of each kind there are.
func kindsOf(found []detect.Definition) string {
	count := map[string]int{}
	var kinds []string
	for _, d := range found {
		if count[d.Kind]++; count[d.Kind] == 1 {
			kinds = append(kinds, d.Kind)
		}
	}
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	for i, kind := range kinds {
		kinds[i] = diag.Plural(count[kind], kind)
	}
	return strings.Join(kinds, ", ")
}
