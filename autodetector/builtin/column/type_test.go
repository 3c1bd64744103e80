package column

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// TestUsing changes a column of each type into each other one: whatever the
// values, PostgreSQL has to know how.
func TestUsing(t *testing.T) {
	t.Parallel()
	names := append(strings.Fields(`
		integer[] text[] varchar(3) char(3) numeric(4,1) bit(3) bit(5) timestamp(3) uuid bytea bigint bit boolean box char cidr
		circle citext date daterange hstore inet int4range int8range integer interval json jsonb lseg macaddr macaddr8 money
		name numeric numrange oid path point polygon real smallint text time timestamp timestamptz timetz tsrange tstzrange
		varbit varchar xml int4multirange tsmultirange`), "double precision", "interval day to second(3)", "interval year")
	var b strings.Builder
	b.WriteString("CREATE EXTENSION hstore; CREATE EXTENSION citext;\n")
	for _, from := range names {
		for _, to := range names {
			a, z := typeNamed(t, from), typeNamed(t, to)
			change := "TYPE " + to
			if conversion := a.Using("v", z); conversion != "" {
				change += " USING " + conversion
			}
			before, after := a.Helper(z)
			fmt.Fprintf(&b, "CREATE TEMP TABLE t (v %s);\n", from)
			for _, statement := range slices.Concat(before, []string{"ALTER TABLE t ALTER COLUMN v " + change}, after) {
				b.WriteString(statement + ";\n")
			}
			if condition := a.Lost("v", z); condition != "" {
				fmt.Fprintf(&b, "ALTER TABLE t ALTER COLUMN v TYPE %s USING NULL; SELECT EXISTS (SELECT FROM t WHERE %s);\n", from, condition)
			}
			b.WriteString("DROP TABLE t;\n")
		}
	}
	out := query(t, scratch.Database(t), b.String())
	assert.NotContains(t, out, "t")
}

func typeNamed(t *testing.T, sql string) Type {
	t.Helper()
	name, err := pgtype.Parse(sql)
	require.NoError(t, err)
	return Type{SQL: sql, name: name, values: sql}
}

func query(t *testing.T, db, text string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "psql", "-X", "-q", "-tA", "-v", "ON_ERROR_STOP=1", "-d", db)
	cmd.Stdin = strings.NewReader("SET client_min_messages = error;\nSET synchronous_commit = off;\n" + text + ";\n")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}

func TestLost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, want string }{
		{"varchar(30)", "varchar(60)", ""},
		{"varchar(60)", "varchar(30)", ""},
		{"text", "varchar(30)", ""},
		{"integer", "varchar(20)", ""},
		{"integer", "varchar(11)", ""},
		{"integer", "varchar(10)", ""},
		{"boolean", "varchar(5)", ""},
		{"uuid", "varchar(35)", ""},
		{"integer", "bigint", ""},
		{"bigint", "smallint", ""},
		{"numeric(6,2)", "numeric(12,4)", ""},
		{"numeric(12,4)", "numeric(6,2)", "round(v::numeric, 2) <> v"},
		{"timestamptz", "date", "v::date::timestamptz IS DISTINCT FROM v"},
		{"integer", "text", ""},
		{"integer[]", "integer", "(CASE WHEN (v)[1]::integer IS NOT NULL THEN ARRAY[(v)[1]::integer]::integer[] END) IS DISTINCT FROM v"},
		{"numeric(8,4)[]", "numeric(8,1)[]", "v::numeric(8,1)[]::numeric(8,4)[] IS DISTINCT FROM v"},
		{"numeric(12,4)", "money", "v::numeric::money::numeric::numeric(12,4) IS DISTINCT FROM v"},
		{"polygon", "box", "v::box::polygon::text IS DISTINCT FROM v::text"},
		{"json", "jsonb", "v::jsonb::json::text IS DISTINCT FROM v::text"},
		{"double precision[]", "real[]", "v::real[]::double precision[] IS DISTINCT FROM v"},
		{"text", "date", "v::date::text IS DISTINCT FROM v"},
		{"timestamptz", "timestamp", ""},
		{"jsonb", "json", ""},
	} {
		assert.Equal(t, c.want, typeNamed(t, c.from).Lost("v", typeNamed(t, c.to)), "%s to %s", c.from, c.to)
	}
}

// TestUsingValues holds the conversions that no cast makes.
func TestUsingValues(t *testing.T) {
	t.Parallel()
	var b, want strings.Builder
	for _, c := range []struct{ from, to, value, want string }{
		{"text", "text[]", "a b", "{\"a b\"}"},
		{"text", "text[]", "{a,b}", "{a,b}"},
		{"varchar(9)", "integer[]", "7", "{7}"},
		{"char(3)", "boolean", "t", "t"},
		{"time", "timestamp", "10:30", "1970-01-01 10:30:00"},
		{"money", "integer", "12", "12"},
		{"real", "money", "12", "$12.00"},
		{"int4multirange", "int4range", "{[1,3),[5,7)}", "[1,7)"},
		{"integer[]", "integer", "{4,5}", "4"},
		{"integer", "bigint[]", "4", "{4}"},
		{"integer", "boolean", "3", "t"},
	} {
		fmt.Fprintf(&b, "SELECT %s FROM (SELECT '%s'::%s) AS t (v);\n", typeNamed(t, c.to).Cast("("+typeNamed(t, c.from).Using("v", typeNamed(t, c.to))+")"), c.value, c.from)
		want.WriteString(c.want + "\n")
	}
	assert.Equal(t, want.String(), query(t, scratch.Database(t), "SET lc_monetary = 'C';"+b.String()))
}
