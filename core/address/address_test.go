package address_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/address"
)

func ExampleNew() {
	name := address.New("field", "shop", "pizza", "name")
	fmt.Println(name)
	fmt.Println(address.New("field", "shop", "pizza", "Where Else?"))
	// Output:
	// field shop.pizza.name
	// field shop.pizza."Where Else?"
}

func ExampleAddress_Rebase() {
	pizza, pie := address.New("model", "shop", "pizza"), address.New("model", "shop", "pie")
	fmt.Println(address.New("field", "shop", "pizza", "name").Rebase(pizza, pie))
	fmt.Println(address.New("field", "shop", "pizzas", "name").Rebase(pizza, pie))
	// Output:
	// field shop.pie.name
	// field shop.pizzas.name
}

func TestParseReadsWhatStringWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.StringMatching(`.{1,8}`), 1, 4).Draw(t, "names")
		a := address.New("triggers.audit_trigger", names...)
		parsed, err := address.Parse(a.String())
		if err != nil {
			t.Fatal(err)
		}
		if parsed != a || !slices.Equal(parsed.Names(), names) {
			t.Fatalf("%q became %q", a, parsed)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "field", "field ", " shop", "field shop..name", "field .shop", `field "shop`, `field shop."a b"c`, `field "plain"`} {
		_, err := address.Parse(text)
		assert.Error(t, err, "%q", text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`field shop.pizza."Where ""Else"""`)
	f.Fuzz(func(t *testing.T, text string) {
		if a, err := address.Parse(text); err == nil && a.String() != text {
			t.Fatalf("%q has the second form %q", a, text)
		}
	})
}

func TestRefInJSON(t *testing.T) {
	t.Parallel()
	ref := address.RefTo(address.New("field", "shop", "pizza", `say "cheese"`))
	written, err := json.Marshal(ref)
	require.NoError(t, err)
	assert.Equal(t, `{"$ref":"field shop.pizza.\"say \"\"cheese\"\"\""}`, string(written))
	var read address.Ref
	require.NoError(t, json.Unmarshal(written, &read))
	assert.Equal(t, ref, read)
	assert.Error(t, json.Unmarshal([]byte(`{"$ref":"field a","more":"x"}`), &read))
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"pizza": "pizza", "Pizza": `"Pizza"`, "order": `"order"`, "name": "name", "it's": `"it's"`,
		`a"b`: `"a""b"`, "1st": `"1st"`, "a b": `"a b"`, "über": `"über"`, "": `""`,
	} {
		assert.Equal(t, want, address.Quote(name))
	}
	assert.Equal(t, `'it''s'`, address.Literal("it's"))
	assert.Equal(t, `E'a\\''b'`, address.Literal(`a\'b`))
}
