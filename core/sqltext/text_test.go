package sqltext_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

var (
	pizza = address.New("model", "shop", "pizza")
	name  = address.New("field", "shop", "pizza", "name")
)

func ExampleText() {
	text := sqltext.New(
		sqltext.Literal("select "), sqltext.Hole(sqltext.Name, name),
		sqltext.Literal(" from "), sqltext.Hole(sqltext.Qualified, pizza),
	)
	written, _ := json.Marshal(text)
	fmt.Println(string(written))
	sql, _ := text.Render(func(a address.Address, form sqltext.Form) (string, error) {
		return form.Write("public", a.Name()), nil
	})
	fmt.Println(sql)
	// Output:
	// {"sql":["select ",{"name":{"$ref":"field shop.pizza.name"}}," from ",{"qualified":{"$ref":"model shop.pizza"}}]}
	// select name from public.pizza
}

func TestTextZero(t *testing.T) {
	t.Parallel()
	require.True(t, sqltext.SQL("").IsZero())
	written, err := json.Marshal(sqltext.Text{})
	require.NoError(t, err)
	require.Equal(t, `{"sql":[]}`, string(written))
	sql, err := sqltext.Text{}.Render(nil)
	require.NoError(t, err)
	require.Empty(t, sql)
}

// A name that a database had written otherwise stands so, until it is another one.
func TestTextAsItWasWritten(t *testing.T) {
	t.Parallel()
	hole := sqltext.Hole(sqltext.Qualified, pizza)
	hole.Written, hole.While = "Pizza", "public.pizza"
	written, err := json.Marshal(sqltext.New(sqltext.Literal("from "), hole))
	require.NoError(t, err)
	require.Equal(t, `{"sql":["from ",{"qualified":{"$ref":"model shop.pizza"},"while":"public.pizza","written":"Pizza"}]}`, string(written))
	var text sqltext.Text
	require.NoError(t, json.Unmarshal(written, &text))
	in := func(schema string) string {
		sql, err := text.Render(func(a address.Address, form sqltext.Form) (string, error) { return form.Write(schema, a.Name()), nil })
		require.NoError(t, err)
		return sql
	}
	require.Equal(t, "from Pizza", in("public"))
	require.Equal(t, "from shop.pizza", in("shop"))
	plain := sqltext.New(sqltext.Literal("from "), sqltext.Hole(sqltext.Qualified, pizza))
	require.Equal(t, plain, text.Plain())
	spelt, same := plain.Spelt(text)
	require.True(t, same)
	require.Equal(t, text, spelt)
	_, same = sqltext.SQL("from pizza").Spelt(text)
	require.False(t, same)
	require.Error(t, json.Unmarshal([]byte(`{"sql":[{"qualified":{"$ref":"model shop.pizza"},"written":"Pizza"}]}`), &text))
}

func TestTextMergesLiterals(t *testing.T) {
	t.Parallel()
	text := sqltext.New(sqltext.Literal("a"), sqltext.Literal(""), sqltext.Literal("b"), sqltext.Hole(sqltext.Name, name), sqltext.Hole(sqltext.Name, name))
	require.Equal(t, "ab«name field shop.pizza.name»«name field shop.pizza.name»", text.String())
	require.Len(t, text.Parts, 3)
	require.Equal(t, []address.Address{name}, text.Refs())
}

func TestTextReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	part := rapid.OneOf(
		rapid.Map(rapid.String(), sqltext.Literal),
		rapid.Map(rapid.StringMatching(`.{1,8}`), func(name string) sqltext.Part {
			return sqltext.Hole(sqltext.Qualified, address.New("view", "shop", name))
		}),
		rapid.Just(sqltext.Hole(sqltext.Name, name)),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := sqltext.New(rapid.SliceOf(part).Draw(t, "parts")...)
		written, err := json.Marshal(text)
		require.NoError(t, err)
		var read sqltext.Text
		require.NoError(t, json.Unmarshal(written, &read))
		require.Equal(t, text, read)
	})
}

func TestTextRefuses(t *testing.T) {
	t.Parallel()
	for _, written := range []string{
		`{}`, `[]`, `{"sql":[1]}`, `{"sql":[{}]}`, `{"sql":[{"bare":{"$ref":"field a.b"}}]}`, `{"sql":[{"name":{"$ref":""}}]}`,
		`{"sql":["a"],"more":1}`, `{"sql":[{"name":{"$ref":"field a.b"},"qualified":{"$ref":"field a.b"}}]}`,
	} {
		var text sqltext.Text
		require.Error(t, json.Unmarshal([]byte(written), &text), written)
	}
	_, err := json.Marshal(sqltext.SQL("\xff"))
	require.ErrorContains(t, err, "not UTF-8")
	_, err = sqltext.New(sqltext.Hole(sqltext.Name, name)).Render(func(address.Address, sqltext.Form) (string, error) {
		return "", errors.New("there is none")
	})
	require.EqualError(t, err, "writing the name of field shop.pizza.name: there is none")
}
