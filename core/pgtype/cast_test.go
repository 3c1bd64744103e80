package pgtype_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

func TestBetween(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     pgtype.Cast
	}{
		{"integer", "integer", pgtype.Implicit},
		{"int4", "integer", pgtype.Implicit},
		{"integer", "bigint", pgtype.Implicit},
		{"int4", "float8", pgtype.Implicit},
		{"bigint", "integer", pgtype.Assignment},
		{"bpchar", "character varying", pgtype.Implicit},
		{"integer", "boolean", pgtype.Explicit},
		{"uuid", "text", pgtype.Assignment},
		{"text", "uuid", pgtype.Explicit},
		{"hstore", "jsonb", pgtype.Explicit},
		{"citext", "varchar", pgtype.Implicit},
		{"public.size", "text", pgtype.Assignment},
		{"uuid", "integer", pgtype.None},
		{"public.size", "public.colour", pgtype.None},
	} {
		assert.Equal(t, c.want, pgtype.Between(c.from, c.to), "%s to %s", c.from, c.to)
	}
}

func TestRange(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]int64{
		"smallint": {-32768, 32767},
		"int4":     {-2147483648, 2147483647},
		"bigint":   {-9223372036854775808, 9223372036854775807},
	} {
		low, high, ok := pgtype.Range(name)
		assert.True(t, ok)
		assert.Equal(t, want, [2]int64{low, high}, name)
	}
	_, _, ok := pgtype.Range("numeric")
	assert.False(t, ok)
}

func parse(t *testing.T, sql string) pgtype.Name {
	t.Helper()
	name, err := pgtype.Parse(sql)
	require.NoError(t, err)
	return name
}

func TestShrinks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"varchar(5)", "varchar(9)", false},
		{"varchar(9)", "varchar(5)", true},
		{"varchar", "varchar(5)", true},
		{"varchar(5)", "varchar", false},
		{"char(9)", "char", true},
		{"numeric(6,2)", "numeric(12,4)", false},
		{"numeric(6,2)", "numeric(6,4)", true},
		{"numeric(6,2)", "numeric(6,1)", true},
		{"numeric(6,2)", "numeric(6)", true},
		{"timestamp(3)", "timestamp(1)", true},
		{"varchar(5)", "numeric(8,2)", true},
		{"geometry(point,4326)", "geometry(point)", false},
		{"interval", "interval day", true},
		{"interval day", "interval", false},
		{"interval day to second(3)", "interval second(2)", true},
	} {
		assert.Equal(t, c.want, pgtype.Shrinks(parse(t, c.from), parse(t, c.to)), "%s to %s", c.from, c.to)
	}
}

// What of the values is lost the tests of package column try on a server.
func TestKeeps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"integer", "bigint", true},
		{"bigint", "integer", true}, // what does not fit fails
		{"bigint", "double precision", false},
		{"numeric(8,1)", "numeric(8,4)", false}, // fewer digits before the point
		{"numeric(8,1)", "numeric(11,4)", true},
		{"numeric(11,4)", "numeric(8,1)", false},
		{"money", "numeric", true},
		{"money", "numeric(12,4)", false},
		{"jsonb", "json", true},
		{"json", "jsonb", false},
		{"box", "polygon", true},
		{"polygon", "box", false},
		{"uuid", "text", true},
		{"uuid", "varchar(5)", false},
		{"text", "uuid", false},
		{"text", "name", false},
		{"text", "citext", true},
		{"char(3)", "text", true},
		{"timestamp", "timestamptz", true},
		{"timestamp", "date", false},
		{"public.size", "public.size", true},
		{"public.size", "public.colour", false},
		{"public.vector(3)", "public.vector(2)", false},
	} {
		assert.Equal(t, c.want, pgtype.Keeps(parse(t, c.from), parse(t, c.to)), "%s to %s", c.from, c.to)
	}
}

// The rule for the rest of them is that of the server: see TestRewritesOfServer.
func TestRewrites(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"varchar(5)", "varchar(9)", false},
		{"varchar(9)", "varchar(5)", true},
		{"varchar(5)", "text", false},
		{"text", "varchar(5)", true},
		{"numeric(8,2)", "numeric(10,2)", false},
		{"numeric(8,2)", "numeric(10,4)", true},
		{"varchar(5)[]", "varchar(9)[]", true},
		{"timestamp", "timestamptz", false},
		{"timestamp", "timestamptz(3)", true},
		{"date", "timestamptz", true},
		{"uuid", "uuid[]", true},
		{"public.size", "public.size", false},
		{"public.vector(3)", "public.vector(4)", true},
	} {
		assert.Equal(t, c.want, pgtype.Rewrites(parse(t, c.from), parse(t, c.to)), "%s to %s", c.from, c.to)
	}
}

func TestZoned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"timestamp", "timestamptz", true},
		{"timestamptz", "timestamp(3)", true},
		{"timestamptz", "timestamptz(3)", false},
		{"date[]", "timestamptz[]", true},
		{"time", "timetz", true},
		{"timetz", "time", false},
		{"timetz", "timestamp", true},
		{"timetz", "timestamptz", false},
		{"timestamptz", "timetz", true},
		{"text", "timestamptz", true},
		{"timestamptz", "varchar(30)", true},
		{"tsrange", "tstzrange", true},
		{"timestamp", "date", false},
		{"date", "text", false},
	} {
		assert.Equal(t, c.want, pgtype.Zoned(parse(t, c.from), parse(t, c.to)), "%s to %s", c.from, c.to)
	}
}

func TestStableCast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"timestamptz", "date", true},
		{"timestamptz(3)", "date", true},
		{"timestamp", "date", false},
		{"date", "timestamp with time zone", true},
		{"timestamptz", "timestamptz(3)", false},
		{"date", "text", true},
		{"text", "date", true},
		{"time", "text", false},
		{"integer", "varchar(30)", false},
		{"enum", "text", true},
		{"citext", "date", true},
		{"enum[]", "text[]", true},
		{"integer[]", "bigint[]", false},
		{"integer[]", "text", true},
		{"text", "integer[]", true},
		{"public.thing", "text", false},
		{"date", "no type", false},
		{"no type", "date", false},
	} {
		assert.Equal(t, c.want, pgtype.StableCast(c.from, c.to), "%s to %s", c.from, c.to)
	}
}
