package pgtype_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

func TestWith(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		args []int
		want string
	}{
		{"varchar", []int{30}, "varchar(30)"},
		{"character", []int{3}, "char(3)"},
		{"bpchar", []int{3}, "char(3)"},
		{"numeric", []int{8, 2}, "numeric(8,2)"},
		{"decimal", []int{8}, "numeric(8,0)"},
		{"numeric", []int{2, -3}, "numeric(2,-3)"},
		{"numeric", []int{3, 1000}, "numeric(3,1000)"},
		{"float", []int{1}, "real"},
		{"float", []int{24}, "real"},
		{"float", []int{25}, "double precision"},
		{"float", []int{53}, "double precision"},
		{"bit", []int{5}, "bit(5)"},
		{`"bit"`, []int{5}, "bit(5)"},
		{`"bit"`, nil, `"bit"`},
		{"bit_varying", []int{5}, "varbit(5)"},
		{"time", []int{0}, "time(0)"},
		{"timestamp with time zone", []int{3}, "timestamptz(3)"},
		{"interval", []int{6}, "interval(6)"},
	} {
		found, ok := pgtype.Lookup(c.name)
		require.True(t, ok, c.name)
		name, err := found.With(c.args)
		require.NoError(t, err)
		assert.Equal(t, c.want, name.String())
	}
}

func TestWithRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		args []int
		want string
	}{
		{"text", []int{3}, "text takes no arguments"},
		{"int8", []int{3}, "bigint takes no arguments"},
		{"double_precision", []int{3}, "double precision takes no arguments"},
		{"varchar", []int{3, 2}, "varchar takes one argument, its length"},
		{"float", []int{3, 2}, "float takes one argument, its precision"},
		{"timestamptz", []int{3, 2}, "timestamptz takes one argument, its precision"},
		{"decimal", []int{3, 2, 1}, "numeric takes two arguments at most, precision and scale"},
		{"varchar", []int{0}, "the length of varchar is from 1 to 10485760"},
		{"char", []int{10485761}, "the length of char is from 1 to 10485760"},
		{"bpchar", []int{0}, "the length of bpchar is from 1 to 10485760"},
		{"bit", []int{83886081}, "the length of bit is from 1 to 83886080"},
		{"varbit", []int{0}, "the length of varbit is from 1 to 83886080"},
		{"float", []int{54}, "the precision of float is from 1 to 53"},
		{"time", []int{7}, "the precision of time is from 0 to 6"},
		{"interval", []int{-1}, "the precision of interval is from 0 to 6"},
		{"numeric", []int{1001}, "the precision of numeric is from 1 to 1000"},
		{"numeric", []int{0, 2000}, "the precision of numeric is from 1 to 1000"},
		{"numeric", []int{3, 1001}, "the scale of numeric is from -1000 to 1000"},
		{"numeric", []int{3, -1001}, "the scale of numeric is from -1000 to 1000"},
	} {
		found, ok := pgtype.Lookup(c.name)
		require.True(t, ok, c.name)
		_, err := found.With(c.args)
		var wrong *pgtype.ArgumentError
		require.ErrorAs(t, err, &wrong)
		assert.EqualError(t, err, c.want)
		assert.Equal(t, found, wrong.Type)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	numeric, _ := pgtype.Lookup("decimal")
	numbers, err := numeric.Numbers([]string{"08", "-2"})
	require.NoError(t, err)
	assert.Equal(t, []int{8, -2}, numbers)
	_, err = numeric.Numbers([]string{"8", "two"})
	assert.EqualError(t, err, "the arguments of numeric are whole numbers")
}

func TestExample(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"text": "text", "varchar": "varchar(30)", "decimal": "numeric(8, 2)", "time": "time(6)", "float": "float(30)",
	} {
		found, _ := pgtype.Lookup(name)
		assert.Equal(t, want, found.Example())
	}
}
