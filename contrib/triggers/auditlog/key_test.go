package auditlog

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A person writes a key in one of several ways, and numbers and text look the same.
func TestKeys(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"42":                     {`{"id":"42"}`, `{"id":42}`},
		"id=42":                  {`{"id":"42"}`, `{"id":42}`},
		"true":                   {`{"id":"true"}`, `{"id":true}`},
		"a,b=c":                  {`{"id":"a,b=c"}`},
		`{"id": 42, "other": 1}`: {`{"id": 42, "other": 1}`},
	} {
		keys, err := parseKeys(text, []string{"id"})
		require.NoError(t, err)
		require.Equal(t, want, texts(keys), text)
	}
	keys, err := parseKeys("order=a,b, line=x=2", []string{"line", "order"})
	require.NoError(t, err)
	require.Equal(t, []string{`{"line":"x=2","order":"a,b"}`}, texts(keys))
	require.Equal(t, "line=x=2,order=a,b", FormatKey(keys[0]))
	require.Equal(t, "[1]", FormatKey(Key("[1]")))

	_, err = parseKeys("3", []string{"line", "order"})
	require.ErrorContains(t, err, "this is no primary key of the model: 3")
	_, err = parseKeys("3", nil)
	require.ErrorContains(t, err, "this is no primary key of the model: 3")
}

func texts(keys []Key) []string {
	var list []string
	for _, k := range keys {
		list = append(list, string(k))
	}
	return list
}
