package pgtype_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

var contexts = map[string]pgtype.Cast{"e": pgtype.Explicit, "a": pgtype.Assignment, "i": pgtype.Implicit}

// columnTypes are the types that columns have, as casts know them: those of the
// catalogs and of text search are left out, but for oid.
var columnTypes = strings.Fields(`
	bigint bit boolean box bytea char cidr circle citext date datemultirange daterange double_precision hstore inet
	int4multirange int4range int8multirange int8range integer interval json jsonb line lseg macaddr macaddr8 money name
	nummultirange numrange numeric oid path point polygon real smallint text time timestamp timestamptz timetz
	tsmultirange tsrange tstzmultirange tstzrange uuid varbit varchar xml`)

// TestCastsOfServer compares the cast between any two types with the server's.
func TestCastsOfServer(t *testing.T) {
	t.Parallel()
	theirs := map[[2]string]pgtype.Cast{}
	for _, line := range query(t, scratch.Database(t), `CREATE EXTENSION citext; CREATE EXTENSION hstore;
		SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast`) {
		parts := strings.Split(line, "|")
		require.Len(t, parts, 3)
		theirs[[2]string{pgtype.Base(parts[0]), pgtype.Base(parts[1])}] = contexts[parts[2]]
	}
	text := []string{"char", "citext", "name", "text", "varchar"}
	for _, from := range columnTypes {
		for _, to := range columnTypes {
			a, z := strings.ReplaceAll(from, "_", " "), strings.ReplaceAll(to, "_", " ")
			want, listed := theirs[[2]string{a, z}]
			switch {
			case a == z:
				want = pgtype.Implicit
			case !listed && slices.Contains(text, to):
				want = pgtype.Assignment // by input and output: see "CREATE CAST"
			case !listed && slices.Contains(text, from):
				want = pgtype.Explicit
			}
			assert.Equal(t, want, pgtype.Between(a, z), "%s to %s", a, z)
		}
	}
}

// TestRewritesOfServer alters columns and looks whether the table has a new file.
func TestRewritesOfServer(t *testing.T) {
	t.Parallel()
	scalars := []string{
		"integer", "oid", "numeric", "numeric(8,2)", "numeric(10,2)", "numeric(10,4)", "text", "name", "varchar", "varchar(5)",
		"varchar(9)", "bpchar", "char(5)", "char(9)", "citext", "xml", "cidr", "inet", "json", "jsonb", "bit(5)", `"bit"`, "varbit",
		"varbit(5)", "varbit(9)", "time", "time(3)", "time(6)", "timetz", "timetz(3)", "timestamp", "timestamp(3)",
		"timestamp(6)", "timestamptz", "interval", "interval(3)", "interval(6)", "interval year", "interval day",
		"interval day to hour", "interval day to second(3)", "interval second(6)",
	}
	arrays := []string{
		"integer[]", "oid[]", "numeric[]", "numeric(8,2)[]", "numeric(10,2)[]", "text[]", "varchar[]", "varchar(5)[]",
		"varchar(9)[]", "char(5)[]", "varbit(5)[]", "timestamp[]", "timestamp(3)[]", "interval[]", "interval day[]",
	}
	lines := query(t, scratch.Database(t), "SET TimeZone = 'UTC'; CREATE EXTENSION citext;\n"+rewriting+
		alterations(t, scalars)+alterations(t, arrays)+"SELECT old, new, written FROM tried")
	require.Greater(t, len(lines), 400)
	for _, line := range lines {
		parts := strings.Split(line, "|")
		require.Len(t, parts, 3)
		got := pgtype.Rewrites(parse(t, parts[0]), parse(t, parts[1]))
		assert.Equal(t, parts[2] == "t", got, "%s to %s", parts[0], parts[1])
	}
}

// alterations alters columns of each type to each other one that PostgreSQL
// converts it to by itself.
func alterations(t *testing.T, types []string) string {
	t.Helper()
	var b strings.Builder
	for _, from := range types {
		for _, to := range types {
			if pgtype.Between(parse(t, from).Base(), parse(t, to).Base()) >= pgtype.Assignment {
				fmt.Fprintf(&b, "CALL try('%s', '%s');\n", from, to)
			}
		}
	}
	return b.String()
}

const rewriting = `CREATE TABLE tried (old text, new text, written bool);
CREATE PROCEDURE try(old text, new text) LANGUAGE plpgsql AS $$
DECLARE
	before oid;
BEGIN
	EXECUTE format('CREATE TEMP TABLE t (v %s)', old);
	before := pg_relation_filenode('t'::regclass);
	EXECUTE format('ALTER TABLE t ALTER v TYPE %s', new);
	INSERT INTO tried VALUES (old, new, before <> pg_relation_filenode('t'::regclass));
	DROP TABLE t;
END $$;
`
