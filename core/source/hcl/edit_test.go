package hcl_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

const edited = `# "model" in a comment, and a brace }
model "book" {
  field "title" { type = text }
  field "note" {
    type    = varchar(10) # short
    default = "a } b"
  }
}

model "empty" {}
`

// at returns the place of a text in the file.
func at(text string) diag.Pos {
	i := bytes.Index([]byte(edited), []byte(text))
	return diag.Pos{Byte: i, Line: 1 + bytes.Count([]byte(edited[:i]), []byte("\n"))}
}

func TestApply(t *testing.T) {
	t.Parallel()
	have, err := hcl.Apply("shop.hcl", []byte(edited), []hcl.Edit{
		{At: at(`model "book"`), Text: "index \"by_title\" {\n fields = [title]\n}"},
		{At: at(`field "note"`), Argument: "type", Text: "text"},
		{At: at(`field "note"`), Argument: "null", Text: "true"},
		{At: at(`field "title"`), Argument: "null", Text: "true"},
		{At: at(`model "empty"`), Text: `field "id" { type = bigint }`},
		{At: at(`model "empty"`), Text: `field "id" { type = bigint }`},
	})
	require.NoError(t, err)
	require.Equal(t, `# "model" in a comment, and a brace }
model "book" {
  field "title" {
    type = text
    null = true
  }
  field "note" {
    type    = text # short
    default = "a } b"
    null    = true
  }
  index "by_title" {
    fields = [title]
  }
}

model "empty" {
  field "id" { type = bigint }
}
`, string(have))
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	for text, e := range map[string]hcl.Edit{
		"no block at line 0":  {At: diag.Pos{Byte: 10_000}, Text: "a = 1"},
		"shop.hcl:":           {At: at(`model "empty"`), Text: "}} {"},
		"no block at line 10": {At: diag.Pos{Byte: len(edited) - 1, Line: 10}, Text: "a = 1"},
	} {
		_, err := hcl.Apply("shop.hcl", []byte(edited), []hcl.Edit{e})
		require.ErrorContains(t, err, text)
	}
}

func TestArgumentAt(t *testing.T) {
	t.Parallel()
	place, ok := hcl.ArgumentAt("shop.hcl", []byte(edited), at(`field "note"`), "default")
	require.True(t, ok)
	require.Equal(t, "shop.hcl:6:5", place.String())
	_, ok = hcl.ArgumentAt("shop.hcl", []byte(edited), at(`model "book"`), "default")
	require.False(t, ok, "that is of a field in it")
}
