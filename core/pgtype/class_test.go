package pgtype_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

func ExampleDefaultClass() {
	fmt.Println(pgtype.DefaultClass("btree", "varchar(30)"))
	fmt.Println(pgtype.DefaultClass("gin", "text[]"))
	_, ok := pgtype.DefaultClass("btree", "json")
	fmt.Println(ok)
	// Output:
	// text_ops true
	// array_ops true
	// false
}

// The rest is asked of the server: see TestClassesOfServer.
func TestDefaultClass(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, name, want string }{
		{"btree", "int4", "int4_ops"},
		{"btree", "char(3)", "bpchar_ops"},
		{"btree", `"char"`, "char_ops"},
		{"hash", "enum", "enum_ops"},
		{"brin", "daterange", "range_inclusion_ops"},
		{"gist", "int4multirange", "multirange_ops"},
		{"spgist", "cidr", "inet_ops"},
		{"gin", "text", ""},
		{"gin", "public.size[]", "array_ops"},
		{"brin", "citext", ""},
		{"gist", "public.range", ""},
		{"bloom", "text", ""},
		{"btree", "no type", ""},
	} {
		class, ok := pgtype.DefaultClass(c.method, c.name)
		assert.Equal(t, c.want, class, "%s over %s", c.method, c.name)
		assert.Equal(t, c.want != "", ok)
	}
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	name, ok := pgtype.Result("lower")
	assert.True(t, ok)
	assert.Equal(t, "text", name)
	_, ok = pgtype.Result("now")
	assert.False(t, ok)
	assert.True(t, pgtype.Stable("NOW"))
	assert.True(t, pgtype.Volatile("random"))
	for _, either := range []string{"lower", "date_trunc", "to_timestamp", "own_function"} {
		assert.False(t, pgtype.Stable(either) || pgtype.Volatile(either), either)
	}
}
