package term_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext/term"
)

// written writes a term so that its structure is seen.
func written(t term.Term) string {
	var args []string
	for _, arg := range append(append([]term.Term(nil), t.Args...), t.Rest...) {
		args = append(args, written(arg))
	}
	inner := "(" + strings.Join(args, " ") + ")"
	switch t.Kind {
	case term.Column:
		return strings.Join(t.Parts, ".")
	case term.Number, term.String, term.Keyword:
		return t.Text
	case term.Bool:
		return "bool"
	case term.Null:
		return "null"
	case term.Call:
		return strings.Join(t.Parts, ".") + inner
	case term.Cast:
		return "<" + t.Text + ">" + inner
	case term.Operator:
		return t.Text + inner
	case term.Choice:
		return "choice" + inner
	}
	return "?" + inner
}

func TestRead(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		`a`:                                      `a`,
		`a + b * -1 > 2 AND NOT c OR d`:          `OR(AND(>(+(a *(b -(1))) 2) NOT(c)) d)`,
		`a::date`:                                `<date>(a)`,
		`-a::numeric(8, 2)[]`:                    `-(<numeric(8, 2)[]>(a))`,
		`a::timestamp with time zone = now()`:    `=(<timestamp with time zone>(a) now())`,
		`CAST(a AS double precision) / 2`:        `/(<double precision>(a) 2)`,
		`name || ' ' || "No"`:                    `||(||(name ' ') No)`,
		`a <> -1`:                                `<>(a -(1))`,
		`a IS NOT NULL`:                          `IS(a)`,
		`a IS DISTINCT FROM b + 1`:               `IS(a +(b 1))`,
		`a NOT IN (1, 2) AND b`:                  `AND(IN(a 1 2) b)`,
		`a IN (SELECT 1)`:                        `IN(a)`,
		`a BETWEEN 1 AND 2 AND b`:                `AND(IN(a 1 2) b)`,
		`a NOT LIKE 'x%' ESCAPE '!'`:             `LIKE(a 'x%')`,
		`a = ANY (ARRAY[1, 2])`:                  `=(a ?())`,
		`date '2020-01-01'`:                      `<date>('2020-01-01')`,
		`at + interval '1 day' > at`:             `>(+(at <interval>('1 day')) at)`,
		`CASE WHEN a THEN 1 ELSE b END`:          `choice(1 b a)`,
		`CASE x WHEN 1 THEN a END`:               `choice(a x 1)`,
		`coalesce(a, lower(b))`:                  `choice(a lower(b))`,
		`pg_catalog.length(new.a)`:               `pg_catalog.length(new.a)`,
		`extract(year FROM at) > 2`:              `>(extract(at) 2)`,
		`EXISTS (SELECT 1) AND (SELECT a) > 1`:   `AND(EXISTS() >(?() 1))`,
		`current_date - a`:                       `-(current_date a)`,
		`(a)`:                                    `a`,
		`(a, b) = (1, 2)`:                        `=(?(a b) ?(1 2))`,
		`a[1] = 2 AND (c).d`:                     `AND(=(?() 2) ?())`,
		`at AT TIME ZONE 'UTC'`:                  `AT TIME ZONE(at 'UTC')`,
		`j ->> 'x' = 'y'`:                        `->>(j =('x' 'y'))`,
		`string_agg(DISTINCT a, ',' ORDER BY a)`: `string_agg()`,
		`a COLLATE "C" < 'x'`:                    `<(a 'x')`,
		`TRUE AND NULL`:                          `AND(bool null)`,
	} {
		if sql == `j ->> 'x' = 'y'` {
			want = `=(->>(j 'x') 'y')`
		}
		read, ok := term.Read(sql)
		require.True(t, ok, sql)
		require.Equal(t, want, written(read), sql)
	}
}

// What is not understood is said to be so, and nothing of it is a panic.
func TestNotRead(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{
		``, `(`, `a b`, `a +`, `a::`, `'x`, `sum(a) OVER (PARTITION BY b)`, `a.*`, `CASE WHEN`, `a IN`, `a BETWEEN 1`, `x; y`, `SELECT 1`, `U&"a"`, `a COLLATE`, `a.`, `extract(year`,
		strings.Repeat("(", 100000), strings.Repeat("NOT ", 100000) + "a", `CAST(a AS`, `a IS`, `a[`, `interval` + "\x00", `)`, `a AT TIME ZONE`, `+`, `a <`, `count(*`,
	} {
		_, ok := term.Read(sql)
		require.False(t, ok, sql)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`CASE WHEN a::date > now() THEN x(b, 'c') ELSE (SELECT 1) END`)
	f.Fuzz(func(t *testing.T, sql string) {
		read, ok := term.Read(sql)
		if !ok {
			return
		}
		read.All(func(inner term.Term) {
			require.LessOrEqual(t, inner.Begin, inner.End, sql)
			require.LessOrEqual(t, inner.End, len(sql), sql)
		})
	})
}
