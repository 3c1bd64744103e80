package pgtype

import (
	"slices"
	"strings"
)

// A table holds types by name.
type table struct {
	named   map[string]Type // by all names, blanks as underscores
	catalog map[string]Type // by pg_type.typname
}

var types = newTable()

// Names returns all names by which a model may call a type, sorted; a blank in a
// name is an underscore.
func Names() []string {
	names := make([]string, 0, len(types.named))
	for name := range types.named {
		if !strings.HasPrefix(name, `"`) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func newTable() table {
	t := table{named: map[string]Type{}, catalog: map[string]Type{}}
	for _, r := range rows {
		t.add(r.Type, r.names)
	}
	for _, name := range strings.Fields(others) {
		t.add(Type{name: name, catalog: name}, name)
	}
	return t
}

func (t table) add(typ Type, names string) {
	if typ.base == "" {
		typ.base = typ.name
	}
	if typ.catalog != "" {
		t.catalog[typ.catalog] = typ
	}
	for _, name := range strings.Fields(names) {
		t.named[name] = typ
	}
}

var (
	precision   = Arguments{Most: 1, High: 6, Name: "precision"}
	length      = Arguments{Most: 1, Low: 1, High: 10485760, Name: "length"}
	bitLength   = Arguments{Most: 1, Low: 1, High: 83886080, Name: "length"}
	oneChar     = Arguments{Most: 1, Low: 1, High: 10485760, Name: "length", Implied: 1}
	oneBit      = Arguments{Most: 1, Low: 1, High: 83886080, Name: "length", Implied: 1}
	digits      = Arguments{Most: 2, Low: 1, High: 1000, Name: "precision"}
	floatDigits = Arguments{Most: 1, Low: 1, High: 53, Name: "precision"}
)

// rows are the types that have something of their own, with all their names.
// Names that the grammar knows come from "Data Types" and from SimpleTypename in
// gram.y; the answer of the catalogs is that to
//
//	SELECT typname, format_type(oid, NULL) FROM pg_type WHERE typtype IN ('b', 'r', 'm')
//
// The types of the catalogs that char and bit are without a length are bpchar
// and "bit": alone, char and bit have the length 1.
var rows = []struct {
	Type
	names string
}{
	{Type{name: "boolean", catalog: "bool", category: Bool}, "boolean bool"},
	{Type{name: "smallint", catalog: "int2", category: Integer, bits: 16}, "smallint int2"},
	{Type{name: "integer", catalog: "int4", category: Integer, bits: 32}, "integer int int4"},
	{Type{name: "bigint", catalog: "int8", category: Integer, bits: 64}, "bigint int8"},
	{Type{name: "smallint", category: Integer, bits: 16, serial: true}, "smallserial serial2"},
	{Type{name: "integer", category: Integer, bits: 32, serial: true}, "serial serial4"},
	{Type{name: "bigint", category: Integer, bits: 64, serial: true}, "bigserial serial8"},
	{Type{name: "numeric", catalog: "numeric", category: Numeric, arguments: digits}, "numeric decimal dec"},
	{Type{name: "real", catalog: "float4", category: Float}, "real float4"},
	{Type{name: "double precision", catalog: "float8", category: Float}, "double_precision float8"},
	{Type{name: "float", base: "double precision", category: Float, arguments: floatDigits}, "float"},
	{
		Type{name: "varchar", catalog: "varchar", category: Text, arguments: length},
		"varchar character_varying char_varying nchar_varying national_character_varying national_char_varying",
	},
	{Type{name: "char", category: Text, arguments: oneChar}, "char character nchar national_character national_char"},
	{Type{name: "bpchar", catalog: "bpchar", base: "char", category: Text, arguments: length}, "bpchar"},
	{Type{name: `"char"`, catalog: "char"}, `"char"`},
	{Type{name: "text", catalog: "text", category: Text}, "text"},
	{Type{name: "name", catalog: "name", category: Text}, "name"},
	{Type{name: "bit", arguments: oneBit}, "bit"},
	{Type{name: `"bit"`, catalog: "bit", base: "bit", arguments: bitLength}, `"bit"`},
	{Type{name: "varbit", catalog: "varbit", arguments: bitLength}, "varbit bit_varying"},
	{Type{name: "date", catalog: "date", category: Date}, "date"},
	{Type{name: "time", catalog: "time", category: Time, arguments: precision}, "time time_without_time_zone"},
	{Type{name: "timetz", catalog: "timetz", category: Time, arguments: precision}, "timetz time_with_time_zone"},
	{
		Type{name: "timestamp", catalog: "timestamp", category: Timestamp, arguments: precision},
		"timestamp timestamp_without_time_zone",
	},
	{
		Type{name: "timestamptz", catalog: "timestamptz", category: Timestamp, arguments: precision},
		"timestamptz timestamp_with_time_zone",
	},
	{Type{name: "interval", catalog: "interval", arguments: precision}, "interval"},
	{Type{name: "uuid", catalog: "uuid", category: UUID}, "uuid"},
	{Type{name: "json", catalog: "json", category: JSON}, "json"},
	{Type{name: "jsonb", catalog: "jsonb", category: JSON}, "jsonb"},
}

// others are the types of the same query that have one name and no arguments.
const others = `
	aclitem box bytea cid cidr circle datemultirange daterange gtsvector inet int2vector int4multirange int4range
	int8multirange int8range jsonpath line lseg macaddr macaddr8 money nummultirange numrange oid oidvector path
	pg_lsn pg_node_tree pg_snapshot point polygon refcursor regclass regcollation regconfig regdictionary
	regnamespace regoper regoperator regproc regprocedure regrole regtype tid tsmultirange tsquery tsrange
	tstzmultirange tstzrange tsvector txid_snapshot xid xid8 xml`
