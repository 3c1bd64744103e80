package address

import (
	"regexp"
	"strings"
	"sync"
)

// Quote returns a name as an SQL identifier: as it is where PostgreSQL would
// read it back unchanged, else in double quotes.
func Quote(name string) string {
	if unquoted().MatchString(name) && !reserved[name] {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// Qualify returns schema.name as an SQL identifier.
func Qualify(schema, name string) string { return Quote(schema) + "." + Quote(name) }

// Literal returns text as an SQL string literal that means the same whatever
// standard_conforming_strings is set to.
func Literal(text string) string {
	quoted := `'` + strings.ReplaceAll(text, `'`, `''`) + `'`
	if strings.Contains(text, `\`) {
		return `E` + strings.ReplaceAll(quoted, `\`, `\\`)
	}
	return quoted
}

var unquoted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z_][a-z0-9_]*$`) })

// Reserved reports whether a word, in small letters, can stand for a name only between
// quotes, or in some places.
func Reserved(word string) bool { return reserved[word] }

// reserved holds the words that are not of the category "unreserved" in
// pg_get_keywords() of PostgreSQL 15.
var reserved = words(`
	all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case
	cast char character check coalesce collate collation column concurrently constraint create cross
	current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
	decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign freeze
	from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval
	into is isnull join lateral leading least left like limit localtime localtimestamp national natural nchar none
	normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position
	precision primary real references returning right row select session_user setof similar smallint some
	substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user using
	values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest
	xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`)

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}
