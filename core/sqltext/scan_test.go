package sqltext_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

func ExampleScan() {
	for t := range sqltext.Scan(`select "Name" from pizza`) {
		if name, ok := t.Identifier(); ok {
			fmt.Println(t.Offset, name)
		}
	}
	// Output:
	// 0 select
	// 7 Name
	// 14 from
	// 19 pizza
}

func TestScan(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string][]sqltext.Token{
		"a$1 $1":  {{Kind: sqltext.Word, Text: "a$1"}, {Kind: sqltext.Space, Text: " "}, {Kind: sqltext.Parameter, Text: "$1"}},
		"1.5e-3":  {{Kind: sqltext.Number, Text: "1.5e-3"}},
		"0xe-3":   {{Kind: sqltext.Number, Text: "0xe"}, {Kind: sqltext.Symbol, Text: "-"}, {Kind: sqltext.Number, Text: "3"}},
		".5":      {{Kind: sqltext.Number, Text: ".5"}},
		"1..10":   {{Kind: sqltext.Number, Text: "1"}, {Kind: sqltext.Symbol, Text: ".."}, {Kind: sqltext.Number, Text: "10"}},
		"1$$a$$":  {{Kind: sqltext.Number, Text: "1"}, {Kind: sqltext.DollarString, Text: "$$a$$"}},
		"--a\r1":  {{Kind: sqltext.LineComment, Text: "--a"}, {Kind: sqltext.Space, Text: "\r"}, {Kind: sqltext.Number, Text: "1"}},
		"/*/**/":  {{Kind: sqltext.BlockComment, Text: "/*/**/", Open: true}},
		"e'\\''a": {{Kind: sqltext.EscapeString, Text: "e'\\''"}, {Kind: sqltext.Word, Text: "a"}},
		// A string goes on behind a line break, as PostgreSQL's manual says.
		"e'a' \n 'b\\'c'": {{Kind: sqltext.EscapeString, Text: "e'a'"}, {Kind: sqltext.Space, Text: " \n "}, {Kind: sqltext.EscapeString, Text: "'b\\'c'"}},
		"e'a'\n--x\n'\\''": {
			{Kind: sqltext.EscapeString, Text: "e'a'"},
			{Kind: sqltext.Space, Text: "\n"},
			{Kind: sqltext.LineComment, Text: "--x"},
			{Kind: sqltext.Space, Text: "\n"},
			{Kind: sqltext.EscapeString, Text: "'\\''"},
		},
		"e'a' 'b'":          {{Kind: sqltext.EscapeString, Text: "e'a'"}, {Kind: sqltext.Space, Text: " "}, {Kind: sqltext.PlainString, Text: "'b'"}},
		"'a\\'b":            {{Kind: sqltext.PlainString, Text: "'a\\'"}, {Kind: sqltext.Word, Text: "b"}},
		"'a''b":             {{Kind: sqltext.PlainString, Text: "'a''b", Open: true}},
		`u&"a""b"U&''`:      {{Kind: sqltext.UnicodeName, Text: `u&"a""b"`}, {Kind: sqltext.PrefixedString, Text: "U&''"}},
		"N'a'x''":           {{Kind: sqltext.PrefixedString, Text: "N'a'"}, {Kind: sqltext.PrefixedString, Text: "x''"}},
		"$a$ $$ $b$ $a$;":   {{Kind: sqltext.DollarString, Text: "$a$ $$ $b$ $a$"}, {Kind: sqltext.Semicolon, Text: ";"}},
		"$a$ $A$":           {{Kind: sqltext.DollarString, Text: "$a$ $A$", Open: true}},
		"$":                 {{Kind: sqltext.Symbol, Text: "$"}},
		"Straße":            {{Kind: sqltext.Word, Text: "Straße"}},
		"<=":                {{Kind: sqltext.Symbol, Text: "<"}, {Kind: sqltext.Symbol, Text: "="}},
		"\t\v\f\r\n\u00a0a": {{Kind: sqltext.Space, Text: "\t\v\f\r\n"}, {Kind: sqltext.Word, Text: "\u00a0a"}},
	} {
		for i := range want {
			if i > 0 {
				want[i].Offset = want[i-1].End()
			}
		}
		require.Equal(t, want, slices.Collect(sqltext.Scan(sql)), sql)
	}
}

func TestIdentifier(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"ÄPFEL":                      "Äpfel",
		`"a""B"`:                     `a"B`,
		strings.Repeat("A", 70):      strings.Repeat("a", 63),
		strings.Repeat("ü", 32):      strings.Repeat("ü", 31), // not half of a letter
		`"` + strings.Repeat("ü", 9): "",
		`U&"a"`:                      "",
		"1":                          "",
		"'a'":                        "",
	} {
		first := slices.Collect(sqltext.Scan(sql))[0]
		name, ok := first.Identifier()
		require.Equal(t, want, name, sql)
		require.Equal(t, want != "", ok, sql)
	}
}

func FuzzScan(f *testing.F) {
	for _, sql := range []string{"select 1", "e'a'\n'b\\''", "$a$b$a$", `u&"a`, "1..2e+5", "/*/**/", "create function f() begin atomic select 1; end; select 2"} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		var b strings.Builder
		for token := range sqltext.Scan(sql) {
			if token.Offset != b.Len() || token.Text == "" || token.Open && token.End() != len(sql) {
				t.Fatalf("%q has %+v", sql, token)
			}
			b.WriteString(token.Text)
		}
		if b.String() != sql {
			t.Fatalf("%q became %q", sql, b.String())
		}
		for _, s := range sqltext.Split(sql) {
			if s.Text == "" || !strings.HasPrefix(sql[s.Offset:], s.Text) {
				t.Fatalf("%q has %+v", sql, s)
			}
		}
		_, _ = sqltext.Calls(sql)
	})
}
