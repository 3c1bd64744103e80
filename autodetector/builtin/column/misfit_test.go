package column

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A value is said to be in the way of a change exactly if the server refuses it.
func TestMisfits(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("CREATE EXTENSION hstore; CREATE EXTENSION citext; SET TimeZone = 'UTC'; SET lc_monetary = 'C';\n" + assigning)
	for from, list := range values {
		for to := range values {
			a, z := typeNamed(t, from), typeNamed(t, to)
			if !a.Converts(z) || helps(a, z) {
				continue
			}
			fmt.Fprintf(&b, "CALL try($_$%s$_$, $_$%s$_$, $_$%s$_$, $_$%s$_$, ARRAY[$_$%s$_$]);\n",
				from, to, cmp.Or(a.Using("v", z), "v"), cmp.Or(a.Misfit("v", z), "false"), strings.Join(list, "$_$, $_$"))
		}
	}
	lines := strings.Split(strings.TrimSpace(query(t, scratch.Database(t), b.String()+
		"SELECT count(*) FILTER (WHERE fails), count(*) FILTER (WHERE NOT fails) FROM tried;"+
		"SELECT format('%s to %s: %s fails %s, found %s: %s', old, new, value, fails, found, condition) FROM tried WHERE fails <> found ORDER BY 1")), "\n")
	var fails, fits int
	_, err := fmt.Sscanf(lines[0], "%d|%d", &fails, &fits)
	require.NoError(t, err)
	assert.Greater(t, fails, 400)
	assert.Greater(t, fits, 1000)
	assert.Empty(t, lines[1:], strings.Join(lines[1:], "\n"))
}

func TestMisfit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, want string }{
		{"varchar(30)", "varchar(60)", ""},
		{"varchar(60)", "varchar(30)", "length(v::text) > 30"},
		{"varchar(60)", "char(30)", "length(v::text) > 30"},
		{"text", "varchar(30)", "length(v::text) > 30"},
		{"text[]", "varchar(3)[]", "EXISTS (SELECT FROM unnest(v) AS element WHERE length(element::text) > 3)"},
		{"integer", "varchar(11)", ""},
		{"integer", "varchar(10)", "length(v::text) > 10"},
		{"uuid", "varchar(35)", "length(v::text) > 35"},
		{"integer", "bigint", ""},
		{"bigint", "smallint", "v NOT BETWEEN -32768 AND 32767"},
		{"numeric", "integer", "round(v) NOT BETWEEN -2147483648 AND 2147483647"},
		{"double precision", "bigint", "NOT (v >= -9223372036854775808 AND v < 9223372036854775808)"},
		{"numeric(6,2)", "numeric(12,4)", ""},
		{"numeric(12,2)", "numeric(12,1)", ""},
		{"numeric(12,4)", "numeric(6,2)", "abs(round(v::numeric, 2)) >= 1e4 AND v <> 'NaN'"},
		{"smallint", "numeric(5,0)", ""},
		{"smallint", "numeric(4,0)", "abs(round(v::numeric, 0)) >= 1e4"},
		{"text", "integer", "v::integer IS NULL AND v IS NOT NULL"},
		{"text", "json", "v::json IS NULL AND v IS NOT NULL"},
		{"jsonb", "json", ""},
		{"integer", "text", ""},
		{"timestamptz", "date", ""},
	} {
		assert.Equal(t, c.want, typeNamed(t, c.from).Misfit("v", typeNamed(t, c.to)), "%s to %s", c.from, c.to)
	}
}

const assigning = `CREATE TABLE tried (old text, new text, value text, fails bool, condition text, found bool);
CREATE PROCEDURE try(a text, z text, assigned text, condition text, list text[]) LANGUAGE plpgsql AS $$
DECLARE
	value text; fails bool; found bool;
BEGIN
	EXECUTE format('CREATE TEMP TABLE target (v %s)', z);
	FOREACH value IN ARRAY list LOOP
		BEGIN
			EXECUTE format('INSERT INTO target SELECT %s FROM (SELECT %L::%s) t (v)', assigned, value, a);
			fails := false;
		EXCEPTION WHEN OTHERS THEN fails := true;
		END;
		BEGIN
			EXECUTE format('SELECT coalesce(%s, false) FROM (SELECT %L::%s) t (v)', condition, value, a) INTO found;
		EXCEPTION WHEN OTHERS THEN found := true;
		END;
		INSERT INTO tried VALUES (a, z, value, fails, condition, found);
	END LOOP;
	DROP TABLE target;
END $$;
`
