package diag_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/whimbreldb/whimbrel/core/diag"
)

const shop = "model \"book\" {\n\tfield \"pages\" { type = integr }\n  # \x1b[31mred \u202eevil\n}\n"

func source(file string) []byte {
	if file == "models/shop.hcl" {
		return []byte(shop)
	}
	return nil
}

func at(line, from, to int) diag.Range {
	return diag.Range{
		File:  "models/shop.hcl",
		Start: diag.Pos{Line: line, Column: from}, End: diag.Pos{Line: line, Column: to},
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		list diag.List
		want string
	}{
		{"all parts", diag.List{{
			Code: "WH1203", Summary: `there is no type "integr"`, Range: at(2, 25, 31),
			Detail: "A type is one of PostgreSQL's built-in types, an enum or domain of the project, or a type of an extension that an enabled plugin knows.",
			Next:   `write "integer"`,
		}}, `Error WH1203: there is no type "integr"
  models/shop.hcl:2:25

  2 |     field "pages" { type = integr }
    |                            ^^^^^^

  A type is one of PostgreSQL's built-in types, an enum or domain of the project, or a type of an
  extension that an enabled plugin knows.

  Next: write "integer"
`},
		{"no place, two diagnostics, code to copy", diag.List{
			{Severity: diag.Warning, Summary: "one"},
			{Severity: diag.Note, Code: "WH1", Summary: "two", Next: "write\n    plugin \"triggers\" {}"},
		}, "Warning: one\n\nNote WH1: two\n\n  Next: write\n      plugin \"triggers\" {}\n"},
		{
			"escapes",
			diag.List{{Code: "WH1", Summary: "a\nb\x1b[2J", Range: at(3, 3, 5)}},
			"Error WH1: a\\nb\\u001b[2J\n  models/shop.hcl:3:3\n\n" +
				"  3 |   # \\u001b[31mred \\u202eevil\n    |   ^^\n",
		},
		{"tabs", diag.List{{Code: "WH1", Summary: "a\tb", Detail: "It begins so:\n\n\tSELECT\n\t\t1"}}, "Error WH1: a b\n\n  It begins so:\n\n      SELECT\n          1\n"},
		{"range over many lines, at the end, beyond the file", diag.List{
			{Summary: "x", Range: diag.Range{File: "models/shop.hcl", Start: diag.Pos{Line: 1, Column: 14}, End: diag.Pos{Line: 4, Column: 2}}},
			{Summary: "y", Range: at(1, 15, 15)},
			{Summary: "z", Range: at(99, 1, 1)},
			{Summary: "u", Range: diag.Range{File: "other.hcl", Start: diag.Pos{Line: 1, Column: 1}}},
		}, "Error: x\n  models/shop.hcl:1:14\n\n  1 | model \"book\" {\n    |              ^\n\n" +
			"Error: y\n  models/shop.hcl:1:15\n\n  1 | model \"book\" {\n    |               ^\n\n" +
			"Error: z\n  models/shop.hcl:99:1\n\nError: u\n  other.hcl:1:1\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			if err := diag.Write(&b, c.list, source, false); err != nil {
				t.Fatal(err)
			}
			if b.String() != c.want {
				t.Errorf("got\n%s\nwant\n%s", b.String(), c.want)
			}
		})
	}
}

func TestWriteColor(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	list := diag.List{{Code: "WH1", Summary: "x"}}
	if err := diag.Write(&b, list, nil, true); err != nil {
		t.Fatal(err)
	}
	if want := "\x1b[1;31mError WH1:\x1b[0m x\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	d := diag.Diagnostic{Severity: diag.Warning, Code: "WH1", Summary: "x", Range: diag.Range{
		File: "a.hcl", Start: diag.Pos{Line: 1, Column: 2, Byte: 1}, End: diag.Pos{Line: 1, Column: 3, Byte: 2},
	}}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"severity":"warning","code":"WH1","summary":"x","range":{"file":"a.hcl",` +
		`"start":{"line":1,"column":2,"byte":1},"end":{"line":1,"column":3,"byte":2}}}`
	if string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	var back diag.Diagnostic
	if err := json.Unmarshal(text, &back); err != nil || back != d {
		t.Errorf("read back %+v, %v", back, err)
	}
}
