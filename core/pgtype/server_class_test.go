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

// TestClassesOfServer makes an index by each method over each type: the server
// says which operator class it took, or that there is none.
func TestClassesOfServer(t *testing.T) {
	t.Parallel()
	types := append(own(), "varchar(30)", "numeric(8,2)", "text[]", "size", "size[]")
	lines := query(t, scratch.Database(t), "CREATE TYPE size AS ENUM ('small');\n"+indexing+
		"CALL try("+array(types)+"); SELECT method, type, class FROM tried")
	require.Len(t, lines, 6*len(types))
	for _, line := range lines {
		parts := strings.Split(line, "|")
		require.Len(t, parts, 3)
		got, _ := pgtype.DefaultClass(parts[0], strings.Replace(parts[1], "size", "enum", 1))
		assert.Equal(t, parts[2], got, "%s over %s", parts[0], parts[1])
	}
}

const indexing = `CREATE TABLE tried (method text, type text, class text);
CREATE PROCEDURE try(types text[]) LANGUAGE plpgsql AS $$
DECLARE
	one text; how text; class text;
BEGIN
	FOREACH one IN ARRAY types LOOP
		EXECUTE format('CREATE TEMP TABLE t (v %s)', one);
		FOR how IN SELECT amname FROM pg_am WHERE amtype = 'i' LOOP
			class := '';
			BEGIN
				EXECUTE format('CREATE INDEX i ON t USING %I (v)', how);
				SELECT opcname INTO class FROM pg_index JOIN pg_opclass c ON c.oid = indclass[0]
				WHERE indexrelid = 'i'::regclass;
				DROP INDEX i;
			EXCEPTION WHEN undefined_object THEN NULL;
			END;
			INSERT INTO tried VALUES (how, one, class);
		END LOOP;
		DROP TABLE t;
		COMMIT;
	END LOOP;
END $$;
`

// TestResultsOfServer asks for the types of what functions return.
func TestResultsOfServer(t *testing.T) {
	t.Parallel()
	calls := strings.Fields(`
		btrim('x') cardinality(ARRAY['x']) char_length('x') concat('x') concat_ws('x','y') initcap('x') left('x',1)
		length('x') lower('x') ltrim('x') md5('x') octet_length('x') replace('x','x','y') reverse('x') right('x',1)
		rtrim('x') substr('x',1) substring('x',1) trim('x') unaccent('x') upper('x')`)
	var types []string
	for _, call := range calls {
		types = append(types, "SELECT pg_typeof("+call+")")
	}
	found := query(t, scratch.Database(t), "CREATE EXTENSION unaccent;"+strings.Join(types, ";\n"))
	require.Len(t, found, len(calls))
	for i, call := range calls {
		function, _, _ := strings.Cut(call, "(")
		got, ok := pgtype.Result(function)
		assert.True(t, ok, function)
		assert.Equal(t, found[i], got, function)
	}
}

// TestVolatilityOfServer compares the functions with the catalog: each is what it
// is said to be by all its definitions, and no other that is listed here by hand
// is one of them. Words without parentheses are tried in an index.
func TestVolatilityOfServer(t *testing.T) {
	t.Parallel()
	db := scratch.Database(t)
	names := strings.Fields(`
		age array_to_json array_to_string clock_timestamp concat_ws convert_from convert_to currval current_database
		current_schema current_setting current_user date_part date_trunc encode enum_range format gen_random_uuid
		inet_client_addr json_build_array json_build_object jsonb_build_array jsonb_build_object jsonb_set lastval length
		lower make_timestamptz md5 nextval now pg_backend_pid pg_current_xact_id pg_sleep random replace round row_to_json
		session_user setval statement_timestamp substr timeofday timezone to_char to_date to_json to_jsonb to_number
		to_timestamp to_tsvector transaction_timestamp txid_current unaccent upper uuid_generate_v1 uuid_generate_v1mc
		uuid_generate_v3 uuid_generate_v4 version`)
	found := query(t, db, `CREATE EXTENSION unaccent; CREATE EXTENSION "uuid-ossp";
		SELECT proname, string_agg(DISTINCT provolatile::text, '' ORDER BY provolatile::text) FROM pg_proc
		WHERE proname = ANY (`+array(names)+`) GROUP BY proname`)
	require.Len(t, found, len(names))
	for _, line := range found {
		name, volatility, _ := strings.Cut(line, "|")
		assert.Equal(t, volatility == "s", pgtype.Stable(name), line)
		assert.Equal(t, volatility == "v", pgtype.Volatile(name), line)
	}
	words := strings.Fields(`current_catalog current_date current_role current_schema current_time current_timestamp
		current_user localtime localtimestamp session_user user`)
	var tries []string
	for _, word := range words {
		assert.True(t, pgtype.Stable(word), word)
		tries = append(tries, fmt.Sprintf("CREATE TABLE t AS SELECT 1; CREATE INDEX ON t ((%s::text))", word))
	}
	for i, result := range query(t, db, attempt+"SELECT attempt(v) FROM unnest("+array(tries)+") v") {
		assert.Equal(t, "refused", result, words[i])
	}
}
