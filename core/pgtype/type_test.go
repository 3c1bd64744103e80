package pgtype_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

func ExampleLookup() {
	t, ok := pgtype.Lookup("character varying")
	fmt.Println(t.Name(), ok)
	name, err := t.With([]int{30})
	fmt.Println(name, err)
	_, err = t.With([]int{30, 2})
	fmt.Println(err)
	// Output:
	// varchar true
	// varchar(30) <nil>
	// varchar takes one argument, its length
}

// spellings holds our spellings of types that stand alone, each with the names
// that have it.
const spellings = `
	bigint: bigint bigserial int8 serial8
	bit(1): bit
	boolean: bool boolean
	char(1): char character national_char national_character nchar
	double precision: double_precision float float8
	integer: int int4 integer serial serial4
	numeric: dec decimal numeric
	real: float4 real
	smallint: int2 serial2 smallint smallserial
	time: time time_without_time_zone
	timestamp: timestamp timestamp_without_time_zone
	timestamptz: timestamp_with_time_zone timestamptz
	timetz: time_with_time_zone timetz
	varbit: bit_varying varbit
	varchar: char_varying character_varying national_char_varying national_character_varying nchar_varying varchar`

// alone are the types that have no other name than our spelling.
const alone = `
	aclitem box bpchar bytea cid cidr circle date datemultirange daterange gtsvector inet int2vector
	int4multirange int4range int8multirange int8range interval json jsonb jsonpath line lseg macaddr macaddr8
	money name nummultirange numrange oid oidvector path pg_lsn pg_node_tree pg_snapshot point polygon refcursor
	regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole
	regtype text tid tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot uuid xid xid8
	xml`

// bare returns all names with the spelling.
func bare() map[string]string {
	names := map[string]string{}
	for _, name := range strings.Fields(alone) {
		names[name] = name
	}
	for _, line := range strings.Split(strings.TrimSpace(spellings), "\n") {
		spelling, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, name := range strings.Fields(list) {
			names[name] = spelling
		}
	}
	return names
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range bare() {
		found, ok := pgtype.Lookup(name)
		require.True(t, ok, name)
		spelled, err := found.With(nil)
		require.NoError(t, err)
		assert.Equal(t, want, spelled.String(), name)
	}
	assert.Equal(t, slices.Sorted(maps.Keys(bare())), pgtype.Names())
}

func TestLookupAnyCase(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"INT4": "integer", "Double  Precision": "double precision", "timestamp with time zone": "timestamptz",
		`"char"`: `"char"`, `"bit"`: `"bit"`,
	} {
		found, ok := pgtype.Lookup(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, found.Name())
	}
	for _, name := range []string{"", "hstore", "integer[]", "varchar(30)", "record", "double"} {
		_, ok := pgtype.Lookup(name)
		assert.False(t, ok, name)
	}
}

func TestBase(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"int4": "integer", "bpchar": "char", "character varying": "varchar", "float": "double precision",
		"bigserial": "bigint", "citext": "citext", `public."Size"`: `public."Size"`,
	} {
		assert.Equal(t, want, pgtype.Base(name))
	}
}

func TestSerial(t *testing.T) {
	t.Parallel()
	var serial []string
	for _, name := range pgtype.Names() {
		if found, _ := pgtype.Lookup(name); found.Serial() {
			serial = append(serial, name)
		}
	}
	assert.Equal(t, []string{"bigserial", "serial", "serial2", "serial4", "serial8", "smallserial"}, serial)
}

func TestCategories(t *testing.T) {
	t.Parallel()
	names := map[pgtype.Category][]string{}
	for _, name := range pgtype.Names() {
		found, _ := pgtype.Lookup(name)
		if spelled := found.Name(); found.Category() != pgtype.Other && !slices.Contains(names[found.Category()], spelled) {
			names[found.Category()] = append(names[found.Category()], spelled)
		}
	}
	assert.Equal(t, map[pgtype.Category][]string{
		pgtype.Bool: {"boolean"}, pgtype.Integer: {"bigint", "integer", "smallint"}, pgtype.Numeric: {"numeric"},
		pgtype.Float: {"double precision", "float", "real"}, pgtype.Text: {"bpchar", "char", "varchar", "name", "text"},
		pgtype.UUID: {"uuid"}, pgtype.Date: {"date"}, pgtype.Time: {"time", "timetz"},
		pgtype.Timestamp: {"timestamp", "timestamptz"}, pgtype.JSON: {"json", "jsonb"},
	}, names)
	assert.Equal(t, pgtype.Text, pgtype.CategoryOf("citext"))
	assert.Equal(t, pgtype.Other, pgtype.CategoryOf("public.size"))
	assert.True(t, pgtype.CategoryOf("real").IsNumber())
	assert.False(t, pgtype.CategoryOf("money").IsNumber())
}

func TestPseudo(t *testing.T) {
	t.Parallel()
	assert.True(t, pgtype.Pseudo("anyelement"))
	assert.True(t, pgtype.Pseudo("void"))
	assert.False(t, pgtype.Pseudo("text"))
}
