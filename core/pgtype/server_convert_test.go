package pgtype_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// TestConvertsOfServer compares with what the server converts by a cast, and where
// there is none with a value that it reads from its text. What it reads as something
// else is listed by hand.
func TestConvertsOfServer(t *testing.T) {
	t.Parallel()
	samples := map[string]string{
		"bigint": "123", "bit": "1", "boolean": "t", "box": "(2,3),(0.1,0.2)", "bytea": `\xdead`, "cidr": "10.0.0.0/8", "circle": "<(1,2),0.3>",
		"date": "2024-05-06", "datemultirange": "{[2024-01-01,2024-02-01)}", "daterange": "[2024-01-01,2024-02-01)", "double precision": "12",
		"hstore": "a=>x", "inet": "10.1.2.3/8", "int4multirange": "{[1,3),[5,7)}", "int4range": "[1,5)", "int8multirange": "{[1,3),[5,7)}",
		"int8range": "[1,5)", "integer": "123", "interval": "1 day 10:30:00", "json": "1", "jsonb": `{"a": 1}`, "line": "{1,2,3}",
		"lseg": "[(0.1,2),(3,4)]", "macaddr": "08:00:2b:01:02:03", "macaddr8": "08:00:2b:01:02:03:04:05", "money": "$1.50", "numeric": "12",
		"nummultirange": "{[1,3),[5,7)}", "numrange": "[1,5)", "oid": "4294967295", "path": "[(0,0),(1,1)]", "point": "(1.5,2)",
		"polygon": "((0,0),(1,3),(2,0))", "real": "12", "smallint": "12", "time": "10:30:00", "timestamp": "2024-05-06 07:08:09",
		"timestamptz": "2024-05-06 07:08:09+00", "timetz": "10:30:00+11", "tsmultirange": `{["2024-01-01 10:00:00","2024-02-01 11:00:00")}`,
		"tsrange": `["2024-01-01 10:00:00","2024-02-01 11:00:00")`, "tstzmultirange": `{["2024-01-01 10:00:00+00","2024-02-01 11:00:00+00")}`,
		"tstzrange": `["2024-01-01 10:00:00+00","2024-02-01 11:00:00+00")`, "uuid": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "varbit": "101", "xml": "<a/>",
	}
	var b strings.Builder
	b.WriteString("CREATE EXTENSION hstore; SET lc_monetary = 'C'; SET TimeZone = 'UTC';\n" + reading)
	for from, value := range samples {
		for to := range samples {
			fmt.Fprintf(&b, "CALL try('%s', '%s', $_$%s$_$);\n", from, to, value)
		}
	}
	misread := misread()
	lines := query(t, scratch.Database(t), b.String()+"SELECT old, new, way FROM tried")
	require.Len(t, lines, len(samples)*len(samples))
	for _, line := range lines {
		parts := strings.Split(line, "|")
		require.Len(t, parts, 3)
		from, to, way := parts[0], parts[1], parts[2]
		read := way == "text" && to != "bytea" && to != "xml" && !misread[from+" to "+to]
		assert.Equal(t, way == "cast" || read || byAnother(from, to), pgtype.Converts(from, to), "%s to %s: %s", from, to, way)
	}
}

// byAnother are the ways that neither casts nor texts show.
func byAnother(from, to string) bool {
	numbers := "smallint integer bigint numeric real double precision"
	number := func(name string) bool { return strings.Contains(numbers, name) && name != "int" }
	switch {
	case number(from):
		return to == "boolean" || to == "money"
	case from == "boolean" || from == "money":
		return number(to)
	case from == "time" || from == "timetz":
		return to == "timestamp" || to == "timestamptz"
	case from == "json" || from == "jsonb":
		return to == "hstore"
	}
	return strings.Replace(from, "multirange", "range", 1) == to
}

// misread is what the server reads and nobody means.
func misread() map[string]bool {
	set := map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSpace(`
		bigint: bit cidr interval macaddr8 oid varbit
		bit: boolean cidr double~precision interval json jsonb money numeric oid real smallint
		box: line path
		cidr: interval
		date: macaddr
		double~precision: bit cidr date interval oid timestamp timestamptz varbit
		int4range: path
		int8range: path
		integer: cidr interval varbit
		json: bit cidr interval money oid varbit
		jsonb: bit cidr interval money oid varbit
		line: date timestamp timestamptz
		lseg: line
		macaddr8: cidr inet
		money: interval
		numeric: bit cidr interval varbit
		numrange: path
		oid: cidr double~precision interval json jsonb money real varbit
		path: line
		point: int4range int8range money numrange path polygon
		real: bit cidr interval oid varbit
		smallint: bit cidr interval oid varbit
		varbit: bigint boolean cidr double~precision hstore integer interval json jsonb money numeric oid real smallint`), "\n") {
		from, targets, _ := strings.Cut(strings.TrimSpace(line), ":")
		for _, to := range strings.Fields(targets) {
			set[strings.ReplaceAll(from+" to "+to, "~", " ")] = true
		}
	}
	return set
}

const reading = `CREATE TABLE tried (old text, new text, way text);
CREATE PROCEDURE try(a text, b text, value text) LANGUAGE plpgsql AS $$
DECLARE
	found text := 'none';
BEGIN
	BEGIN
		EXECUTE format('SELECT NULL::%s::%s', a, b);
		found := 'cast';
	EXCEPTION WHEN cannot_coerce THEN
		BEGIN
			EXECUTE format('SELECT %L::%s::text::%s', value, a, b);
			found := 'text';
		EXCEPTION WHEN OTHERS THEN NULL;
		END;
	END;
	INSERT INTO tried VALUES (a, b, found);
END $$;
`
