package sqltext_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

func ExampleSplit() {
	for _, s := range sqltext.Split("select ';'; -- two\nselect 2") {
		fmt.Println(s.Offset, s.Ended, s.Text)
	}
	// Output:
	// 0 true select ';'
	// 19 false select 2
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string][]string{
		"":                                     nil,
		" ;; -- a;\n ;":                        nil,
		"/* a */ select 1 -- b;\n ; select 2;": {"select 1 -- b;", "select 2"},
		`select ";" || $$;$$ || $a$;$a$ || E'\';'`: {`select ";" || $$;$$ || $a$;$a$ || E'\';'`},
		"create rule r as on insert to t do (select 1; select 2); select 3": {
			"create rule r as on insert to t do (select 1; select 2)", "select 3",
		},
		"create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3": {
			"create function f() returns int begin atomic select case when true then 1 end; select 2; end", "select 3",
		},
		"create or replace procedure f() begin atomic select t.end, 1 as end, 2 as case from t; end; select 3": {
			"create or replace procedure f() begin atomic select t.end, 1 as end, 2 as case from t; end", "select 3",
		},
		"select begin atomic from t; drop table t": {"select begin atomic from t", "drop table t"},
		"begin; end; select 1":                     {"begin", "end", "select 1"},
		"select 'open; select 2":                   {"select 'open; select 2"},
	} {
		var got []string
		for _, s := range sqltext.Split(sql) {
			got = append(got, s.Text)
		}
		require.Equal(t, want, got, sql)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string][]string{
		"":                                  nil,
		"-- a\n/* b /* c */ */ ;((sELECT 1": {"SELECT"},
		"start /**/ transaction read only":  {"START", "TRANSACTION"},
		"rollback to s":                     {"ROLLBACK", "TO"},
		`"select" 1`:                        nil,
	} {
		require.Equal(t, want, sqltext.Words(sql, 2), sql)
	}
	require.Equal(t, "WITH", sqltext.Keyword("with a as (select 1) select"))
	require.Empty(t, sqltext.Keyword("'a'"))
}

func TestCalls(t *testing.T) {
	t.Parallel()
	got, err := sqltext.Calls(`select a.B (1), "C"('x(y)'), (d), x.y.z(/* e( */ 1), 1 (2) from f/**/(3) where e in (4)`)
	require.NoError(t, err)
	require.Equal(t, []sqltext.Call{{Schema: "a", Name: "b"}, {Name: "C"}, {Schema: "y", Name: "z"}, {Name: "f"}, {Name: "in"}}, got)
	for sql, want := range map[string]string{
		"select 1;":       "it is more than one statement",
		"select $1":       "it has a parameter",
		"select $":        "it has a parameter",
		"select 1 /* a":   "it has a comment without end",
		"select 'a":       "it has a quote without end",
		`select "a`:       "it has a quote without end",
		"select $a$ $":    "it has a quote without end",
		"select E'a'":     "it has text with escapes, which hide what it says",
		`select U&"a"(1)`: "it has text with escapes, which hide what it says",
		"select u&'a'":    "it has text with escapes, which hide what it says",
		`select "("(1)`:   `it has the name "("`,
		`select ""(1)`:    `it has the name ""`,
		`select a"."f(1)`: `it has the name "."`,
	} {
		_, err := sqltext.Calls(sql)
		require.EqualError(t, err, want, sql)
	}
}
