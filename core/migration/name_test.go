package migration_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestSuggestName(t *testing.T) {
	t.Parallel()
	op := func(kind, target string) operation.Operation {
		a, err := address.Parse(target)
		require.NoError(t, err)
		return operation.Operation{Kind: kind, Target: a}
	}
	rename := op("rename", "field shop.book.name")
	rename.Edits = []state.Edit{{Rename: []state.Rename{{From: address.New("field", "shop", "book", "title"), To: rename.Target}}}}
	edited := func(kind, target string, drop bool, objects ...string) operation.Operation {
		o := op(kind, target)
		for _, object := range objects {
			a, err := address.Parse(object)
			require.NoError(t, err)
			if drop {
				o.Edits = append(o.Edits, state.Drop(a))
			} else {
				o.Edits = append(o.Edits, state.Put(&state.Object{Address: a}))
			}
		}
		return o
	}
	dropped := edited("drop_index", "index shop.t.by_a", true, "index shop.t.by_a")
	made := edited("create_index", "index shop.t.by_a", false, "index shop.t.by_a")
	columns := edited("alter_fields", "model shop.t", false, "field shop.t.a", "field shop.t.b", "field shop.t.c")
	tests := map[string][]operation.Operation{
		"alter_t_a_b_c":           {dropped, columns, made},
		"alter_t_by_a":            {dropped, made},
		"create_pizza":            {op("create_model", "model shop.pizza")},
		"add_book_subtitle":       {op("create_field", "field shop.book.subtitle")},
		"audit_trigger_pizza":     {op("create_schema", "schema audit"), op("triggers.create_audit_trigger", "triggers.audit_trigger shop.pizza")},
		"schema_audit":            {op("create_schema", "schema audit")},
		"extension_hstore":        {op("extensions.create_extension", "extensions.extension hstore")},
		"rename_book_title_name":  {rename, op("alter_field", "field shop.book.name")},
		"drop_book_by_name":       {op("drop_index", "index shop.book.by_name"), op("create_index", "index shop.book.by_name")},
		"create_two_words":        {op("create_model", `model shop."Two words"`)},
		"create_a_create_b":       {op("create_model", "model shop.a"), op("create_model", "model shop.b")},
		"changes":                 {},
		"create_pizza_and_more":   {op("create_model", "model shop.pizza"), op("create_model", "model shop.a_topping_with_a_rather_long_name")},
		"create_" + repeat("x"):   {op("create_model", "model shop."+strings.Repeat("x", 60))},
		"create_a" + repeat2("x"): {op("create_model", "model shop.a"+strings.Repeat("x", 60)), op("create_model", "model shop.b")},
	}
	for want, operations := range tests {
		name := migration.SuggestName(operations)
		require.Equal(t, want, name)
		require.LessOrEqual(t, len(name), 52)
	}
}

func repeat(s string) string  { return strings.Repeat(s, 45) }
func repeat2(s string) string { return strings.Repeat(s, 35) + "_and_more" }

func TestSlug(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Add Book": "add_book", "../etc/passwd": "etc_passwd", "пицца": "changes", "a__b--c_": "a_b_c", "": "changes",
		strings.Repeat("a", 300): strings.Repeat("a", 100),
	} {
		require.Equal(t, want, migration.Slug(text))
		require.True(t, migration.ValidID("20261122101500_"+migration.Slug(text)))
	}
}
