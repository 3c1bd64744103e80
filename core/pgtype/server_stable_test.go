package pgtype_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// TestStableCastsOfServer makes a partial index over the cast of each type to each
// other one: PostgreSQL takes immutable expressions only. A pair without a cast
// says nothing.
func TestStableCastsOfServer(t *testing.T) {
	t.Parallel()
	types := strings.Fields(`
		aclitem bigint bit boolean box bpchar bytea "char" char cidr date daterange inet int4multirange int4range int8range
		integer interval json jsonb macaddr macaddr8 money name numeric oid pg_lsn point polygon real regclass regtype
		smallint text tid time timestamp timestamptz timestamptz(3) timetz tsquery tsrange tstzrange tsvector uuid varbit
		varchar varchar(30) xid xml size size[] text[] date[] timestamptz[] integer[] bigint[]`)
	lines := query(t, scratch.Database(t), "CREATE TYPE size AS ENUM ('small');\n"+indexed+
		"CALL try("+array(types)+"); SELECT old, new, stable FROM tried")
	stable := 0
	for _, line := range lines {
		parts := strings.Split(line, "|")
		require.Len(t, parts, 3)
		from, to := strings.Replace(parts[0], "size", "enum", 1), strings.Replace(parts[1], "size", "enum", 1)
		assert.Equal(t, parts[2] == "t", pgtype.StableCast(from, to), "%s to %s", from, to)
		if parts[2] == "t" {
			stable++
		}
	}
	assert.Greater(t, stable, 200)
	assert.Greater(t, len(lines), stable+300)
}

const indexed = `CREATE TABLE tried (old text, new text, stable bool);
CREATE PROCEDURE try(types text[]) LANGUAGE plpgsql AS $$
DECLARE
	a text; b text;
BEGIN
	FOREACH a IN ARRAY types LOOP
		EXECUTE format('CREATE TEMP TABLE t (k int, v %s)', a);
		FOREACH b IN ARRAY types LOOP
			BEGIN
				EXECUTE format('CREATE INDEX ON t (k) WHERE v::%s IS NULL', b);
				INSERT INTO tried VALUES (a, b, false);
			EXCEPTION
				WHEN cannot_coerce THEN NULL;
				WHEN invalid_object_definition THEN INSERT INTO tried VALUES (a, b, true);
			END;
		END LOOP;
		DROP TABLE t;
		COMMIT;
	END LOOP;
END $$;
`
