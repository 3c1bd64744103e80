package pgtype_test

import (
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// query runs SQL and returns what it prints, in lines.
func query(t *testing.T, db, text string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "psql", "-X", "-q", "-tA", "-v", "ON_ERROR_STOP=1", "-d", db)
	cmd.Stdin = strings.NewReader("SET client_min_messages = error;\nSET synchronous_commit = off;\n" + text + ";\n")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// array writes texts as an array of SQL.
func array(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return "ARRAY[" + strings.Join(quoted, ",") + "]"
}

// own returns PostgreSQL's own types in our spelling, sorted.
func own() []string {
	names := append(slices.Collect(maps.Values(bare())), `"char"`, `"bit"`)
	slices.Sort(names)
	return slices.Compact(names)
}

// TestTypesOfServer compares the types with those of the catalog. Left out are
// arrays, and types that are for internal use or the statistics of the planner.
func TestTypesOfServer(t *testing.T) {
	t.Parallel()
	found := query(t, scratch.Database(t), `SELECT format_type(oid, NULL) FROM pg_type
		WHERE typtype IN ('b', 'r', 'm') AND typnamespace = 'pg_catalog'::regnamespace AND typname !~ '^_'
		AND (typcategory <> 'Z' OR typname IN ('char', 'pg_node_tree'))`)
	var theirs []string
	for _, name := range found {
		theirs = append(theirs, parse(t, name).String())
		_, known := parse(t, name).Type()
		assert.True(t, known, name)
	}
	ours := slices.DeleteFunc(own(), func(name string) bool { return name == "bpchar" || name == `"bit"` })
	assert.ElementsMatch(t, ours, theirs)
}

// TestPseudoTypesOfServer compares the pseudo-types with those of the catalog.
func TestPseudoTypesOfServer(t *testing.T) {
	t.Parallel()
	found := query(t, scratch.Database(t), `SELECT typname, typtype = 'p' FROM pg_type
		WHERE typnamespace = 'pg_catalog'::regnamespace AND typname !~ '^_'`)
	require.Greater(t, len(found), 80)
	for _, line := range found {
		name, pseudo, _ := strings.Cut(line, "|")
		assert.Equal(t, pseudo == "t", pgtype.Pseudo(name), name)
	}
}

// TestSpellingsOfServer makes columns with our spelling: what the server calls
// their types is read as the same names. So are their other names.
func TestSpellingsOfServer(t *testing.T) {
	t.Parallel()
	types := append(own(), `varchar(30)`, `char(3)`, `numeric(8,0)`, `numeric(8,2)`, `numeric(2,-3)`, `bit(5)`, `varbit(5)`,
		`time(3)`, `timetz(3)`, `timestamp(0)`, `timestamptz(6)`, `interval(3)`, `interval year`, `interval month`,
		`interval day`, `interval hour`, `interval minute`, `interval second`, `interval year to month`,
		`interval day to hour`, `interval day to minute`, `interval day to second`, `interval hour to minute`,
		`interval hour to second`, `interval minute to second`, `interval day to second(3)`, `interval second(0)`)
	types = slices.DeleteFunc(types, func(name string) bool { return name == "pg_node_tree" }) // has no arrays
	columns := make([]string, 0, len(types))
	for i, name := range types {
		columns = append(columns, fmt.Sprintf("c%d %s, a%d %s[]", i, name, i, name))
	}
	found := query(t, scratch.Database(t), "CREATE TABLE t ("+strings.Join(columns, ", ")+`);
		SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum`)
	require.Len(t, found, 2*len(types))
	for i, name := range types {
		assert.Equal(t, name, parse(t, found[2*i]).String())
		assert.Equal(t, name+"[]", parse(t, found[2*i+1]).String())
	}
}

// TestNamesOfServer asks the server what type each name is of.
func TestNamesOfServer(t *testing.T) {
	t.Parallel()
	names := slices.Sorted(maps.Keys(bare()))
	columns := make([]string, len(names))
	for i, name := range names {
		if strings.Contains(name, "varying") || strings.HasPrefix(name, "national") || strings.Contains(name, "_zone") || name == "double_precision" {
			name = strings.ReplaceAll(name, "_", " ")
		}
		columns[i] = fmt.Sprintf("c%d %s", i, name)
	}
	found := query(t, scratch.Database(t), "CREATE TABLE t ("+strings.Join(columns, ", ")+`);
		SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum`)
	require.Len(t, found, len(names))
	for i, name := range names {
		assert.Equal(t, bare()[name], parse(t, found[i]).String(), name)
	}
}

// TestBoundsOfServer tries the first and the last argument that a type takes, and
// those beyond. A precision of seconds beyond the last one is a warning.
func TestBoundsOfServer(t *testing.T) {
	t.Parallel()
	var tries []string
	for _, name := range []string{"numeric", "float", "varchar", "char", "bit", "varbit"} {
		found, _ := pgtype.Lookup(name)
		args := found.Arguments()
		for _, n := range []int{args.Low - 1, args.Low, args.High, args.High + 1} {
			tries = append(tries, fmt.Sprintf("%s(%d)", name, n))
		}
	}
	tries = append(tries, "numeric(3,-1001)", "numeric(3,-1000)", "numeric(3,1000)", "numeric(3,1001)")
	found := query(t, scratch.Database(t), attempt+"SELECT attempt('CREATE TABLE t (v '||v||')') FROM unnest("+array(tries)+") v")
	var parsed []string
	for _, sql := range tries {
		_, err := pgtype.Parse(sql)
		parsed = append(parsed, map[bool]string{true: "taken", false: "refused"}[err == nil])
	}
	assert.Equal(t, found, parsed)
}

// attempt makes a function that says whether a statement is refused.
const attempt = `CREATE FUNCTION attempt(statement text) RETURNS text LANGUAGE plpgsql AS $$
	BEGIN EXECUTE statement; DROP TABLE t; RETURN 'taken'; EXCEPTION WHEN OTHERS THEN RETURN 'refused'; END $$;
`
