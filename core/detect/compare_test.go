package detect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestUnlike(t *testing.T) {
	t.Parallel()
	m := &detect.Manifest{Options: []detect.Option{{Kind: "rls.policy", Shape: detect.Shape{Attrs: []detect.Attr{
		{Name: "using", Type: detect.TypeExpression},
		{Name: "force", Type: detect.TypeBool},
		{Name: "command", Type: detect.TypeKeyword, Default: "all"},
		{Name: "body", Type: detect.TypeSQL, Columns: "columns"},
		{Name: "columns", Type: detect.TypeStrings},
		{Name: "of", Type: detect.TypeFields},
		{Name: "events", Type: detect.TypeKeywords, Default: "insert"},
		{Name: "part", Type: detect.TypeBlocks},
		{Name: "note", Type: detect.TypeString},
		{Name: "null", Type: detect.TypeBool, Default: "true", Fill: true},
		{Name: "cache", Type: detect.TypeInt, Default: "1", Fill: true},
	}}}}}
	for _, c := range []struct {
		want, found string
		unlike      []string
	}{
		{`{"using":{"field":"a"}}`, `{"using":true}`, nil},
		{`{"using":{"field":"a"}}`, `{"using":{"field":"a"}}`, nil},
		{`{"using":{"field":"a"}}`, `{"using":{"field":"b"}}`, []string{"using"}},
		{`{"using":{"field":"a"}}`, `{}`, []string{"using"}},
		{`{}`, `{"using":true}`, []string{"using"}},
		{`{"force":false}`, `{"force":true}`, []string{"force"}},
		{`{"force":false}`, `{"command":"all"}`, nil},
		{`{"command":"all"}`, `{"command":"select"}`, []string{"command"}},
		{`{"roles":["a"]}`, `{"force":true}`, []string{"force", "roles"}},
		{`{"body":{"sql":["select 1"]}}`, `{"body":true}`, nil},
		{`{"body":{"sql":["select 1"]}}`, `{"body":{"sql":["select 2"]}}`, []string{"body"}},
		{`{"columns":[{"name":"a","type":"text"}]}`, `{"columns":true}`, nil},
		{`{}`, `{"columns":true}`, nil},
		{`{"of":["a","b"]}`, `{"of":true}`, nil},
		{`{"of":["a","b"]}`, `{"of":["b"]}`, []string{"of"}},
		{`{}`, `{"of":true}`, []string{"of"}},
		{`{"of":[]}`, `{"of":true}`, []string{"of"}},
		{`{"events":["insert","update"],"part":[{"label":"a"}]}`, `{"events":true,"part":true}`, nil},
		{`{"note":"x"}`, `{"note":true}`, []string{"note"}},
		{`{"columns":[{"name":"a","type":"text"}]}`, `{"columns":[{"name":"b"}]}`, []string{"columns"}},
		{`{}`, `{"null":false}`, nil}, // what is always said and absent is no default
		{`{}`, `{"null":true}`, []string{"null"}},
		{`{"cache":1}`, `{"cache":0}`, []string{"cache"}},
		{`{"cache":0}`, `{"null":false}`, nil},
	} {
		object := func(attrs string) *state.Object {
			return &state.Object{Address: address.New("rls.policy", "shop", "book", "own"), Attrs: []byte(attrs)}
		}
		require.ElementsMatch(t, c.unlike, m.Unlike(object(c.want), object(c.found)), "%s %s", c.want, c.found)
	}
}
