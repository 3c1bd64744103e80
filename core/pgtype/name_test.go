package pgtype_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

func ExampleParse() {
	name, err := pgtype.Parse("timestamp (3) with time zone [4]")
	fmt.Println(name, err)
	fmt.Println(name.Base(), name.Numbers(), name.Dimensions())
	name, err = pgtype.Parse(`"Odd"."Type"[][]`)
	fmt.Println(name, err)
	fmt.Println(name.Schema(), name.Identifier(), name.Dimensions())
	// Output:
	// timestamptz(3)[] <nil>
	// timestamptz [3] 1
	// "Odd"."Type"[][] <nil>
	// Odd Type 2
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"text", "text"},
		{" INT4 ", "integer"},
		{"double\tprecision", "double precision"},
		{"double_precision", "double precision"},
		{"character varying ( 30 )", "varchar(30)"},
		{"numeric(8, 2)[]", "numeric(8,2)[]"},
		{"numeric(08)", "numeric(8,0)"},
		{"numeric(2,-3)", "numeric(2,-3)"},
		{"dec", "numeric"},
		{"float(10)", "real"},
		{"float", "double precision"},
		{"char", "char(1)"},
		{"bpchar", "bpchar"},
		{"bpchar(5)", "char(5)"},
		{"bit varying(5)", "varbit(5)"},
		{"bit (5) varying", "varbit(5)"},
		{"national character varying(9)", "varchar(9)"},
		{"timestamp(3) with time zone", "timestamptz(3)"},
		{"timestamp (3) without time zone", "timestamp(3)"},
		{"timestamp with time zone (3)", "timestamptz(3)"},
		{"time with time zone", "timetz"},
		{"serial", "integer"},
		{"interval", "interval"},
		{"interval(3)", "interval(3)"},
		{"INTERVAL Day", "interval day"},
		{"interval year to month", "interval year to month"},
		{"interval day to second(3)", "interval day to second(3)"},
		{"interval hour  to second (3) [ ]", "interval hour to second(3)[]"},
		{"integer[3][4]", "integer[][]"},
		{"integer array", "integer[]"},
		{"integer ARRAY[4]", "integer[]"},
		{"timestamp (3) with time zone array", "timestamptz(3)[]"},
		{"pg_catalog.int4", "integer"},
		{"pg_catalog.bpchar(5)", "char(5)"},
		{"pg_catalog.bpchar", "bpchar"},
		{"pg_catalog.bit", `"bit"`},
		{"pg_catalog.varbit(5)", "varbit(5)"},
		{`"int4"`, "integer"},
		{`"bit"`, `"bit"`},
		{`"char"`, `"char"`},
		{`pg_catalog . "char" []`, `"char"[]`},
		{"pg_catalog.integer", "pg_catalog.integer"}, // the catalog has no such name
		{`"integer"`, `"integer"`},
		{"Thing", "thing"},
		{"Shop.Size", "shop.size"},
		{`public."say ""cheese"""`, `public."say ""cheese"""`},
		{`"Odd"."Type"[][]`, `"Odd"."Type"[][]`},
		{"geometry(Point, 4326)", "geometry(point,4326)"},
		{"public.vector(3)[]", "public.vector(3)[]"},
		{"größe", "größe"},
		{"anyelement", "anyelement"},
	} {
		name, err := pgtype.Parse(c[0])
		require.NoError(t, err)
		assert.Equal(t, c[1], name.String(), c[0])
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "8", "(3)", "numeric()", "numeric(8", "numeric(8,)", "numeric 8", "text[", "text[x]", "text]", "a.b.c", ".a",
		"a.", `""`, `"a`, "setof text", "big thing", "shop.big thing", `"timestamp" with time zone`, "pg_catalog.interval day",
		"interval day to year", "interval day(3)", "interval to", "text array[]x", "text; DROP", "t.a%TYPE", "varchar(3)(4)",
		"integer array array", "foo('bar')",
	} {
		name, err := pgtype.Parse(text)
		var wrong *pgtype.ArgumentError
		assert.Error(t, err, "%q", text)
		assert.NotErrorAs(t, err, &wrong)
		assert.Zero(t, name)
	}
	_, err := pgtype.Parse("big thing")
	assert.EqualError(t, err, `type "big thing": there is no type of this name, and other types have names of one word`)
}

func TestParseRefusesArguments(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"varchar(0)[]":            "the length of varchar is from 1 to 10485760",
		"text(3)":                 "text takes no arguments",
		"text(x)":                 "the arguments of text are whole numbers",
		"interval second(7)":      "the precision of interval is from 0 to 6",
		"pg_catalog.numeric(0,1)": "the precision of numeric is from 1 to 1000",
	} {
		name, err := pgtype.Parse(text)
		var wrong *pgtype.ArgumentError
		require.ErrorAs(t, err, &wrong)
		assert.EqualError(t, err, want)
		assert.Zero(t, name)
	}
}

func TestOneTypeHasOneName(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"char(5)", "bpchar(5)", "pg_catalog.bpchar(5)", "character (5)"},
		{"numeric(8)", "dec(8,0)", "pg_catalog.numeric(8,0)"},
		{"real", "float4", "float(3)", "pg_catalog.float4"},
		{"bit", "bit(1)", "pg_catalog.bit(1)"},
		{"timestamptz(3)[]", "timestamp(3) with time zone[3]"},
		{"interval second(3)", "INTERVAL  SECOND (3)"},
	} {
		first, err := pgtype.Parse(same[0])
		require.NoError(t, err)
		for _, text := range same[1:] {
			name, err := pgtype.Parse(text)
			require.NoError(t, err)
			assert.Equal(t, first, name, text)
		}
	}
}

func TestPartsOfNames(t *testing.T) {
	t.Parallel()
	name, err := pgtype.Parse("interval day to second(3)[]")
	require.NoError(t, err)
	own, ok := name.Type()
	assert.True(t, ok)
	assert.Equal(t, "interval", own.Name())
	assert.Equal(t, "interval", name.Base())
	assert.Equal(t, "day to second", name.Fields())
	assert.Equal(t, pgtype.Array, name.Category())
	assert.Equal(t, "interval day to second(3)", name.Element().String())

	name, err = pgtype.Parse("public.geometry(Point,4326)")
	require.NoError(t, err)
	_, ok = name.Type()
	assert.False(t, ok)
	assert.Equal(t, "public.geometry", name.Base())
	assert.Equal(t, "public", name.Schema())
	assert.Equal(t, []string{"point", "4326"}, name.Arguments())
	assert.Equal(t, []int{4326}, name.Numbers())
	assert.Equal(t, pgtype.Other, name.Category())

	name, err = pgtype.Parse("bpchar")
	require.NoError(t, err)
	assert.Equal(t, "char", name.Base())
	assert.Empty(t, name.Numbers())
	assert.Equal(t, pgtype.Text, name.Category())
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"timestamp (3) with time zone[]", `"Odd"."Type"[][]`, "interval day to second(3)", "numeric(8, -2)", "pg_catalog.bit",
		"geometry(point,4326)", "integer array[3]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := pgtype.Parse(text)
		if err != nil {
			return
		}
		again, err := pgtype.Parse(name.String())
		if err != nil || again != name {
			t.Fatalf("%q became %q and that %q: %v", text, name, again, err)
		}
		if strings.TrimSpace(name.String()) == "" {
			t.Fatalf("%q became nothing", text)
		}
	})
}
