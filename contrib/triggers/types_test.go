package triggers

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBaseName(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"varchar(30)":              "varchar",
		"char(1)":                  "char",
		"bpchar":                   "bpchar",
		`"char"`:                   `"char"`,
		"numeric(8,2)":             "numeric",
		"double precision":         "double precision",
		"timestamptz(3)":           "timestamptz",
		"interval(3)":              "interval",
		"interval day":             "interval day",
		"vector(3)":                "vector",
		"geometry(Point, 4326)":    "geometry",
		"public.thing":             "public.thing",
		"text[]":                   "text[]",
		"integer array[3]":         "integer array[3]",
		"pg_catalog.int4":          "pg_catalog.int4",
		`text COLLATE "C"`:         `text COLLATE "C"`,
		"timestamp with time zone": "timestamp with time zone",
	} {
		assert.Equal(t, want, baseName(sql), sql)
	}
	assert.True(t, columnType{base: baseName("numeric(8,2)")}.exact())
	assert.False(t, columnType{base: baseName("interval(3)")}.exact())
	assert.False(t, columnType{base: baseName("interval day")}.builtin())
}
