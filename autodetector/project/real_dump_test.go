package project_test

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A place is a database that programs of PostgreSQL are run on.
type place struct {
	*postgres.Database
	url string
}

func fresh(t *testing.T) place {
	t.Helper()
	url := scratch.Database(t)
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return place{db, url}
}

// psql runs a script as far as the server goes along: a real dump names roles and
// extensions that are not there.
func psql(t *testing.T, db place, script string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), scratch.Program("psql"), "-q", "-X", "-d", db.url)
	c.Stdin = strings.NewReader(script)
	out, err := c.CombinedOutput()
	require.NoError(t, err, string(out))
}

// dumped returns what pg_dump -s writes of all that is not whimbrel's.
func dumped(t *testing.T, db place) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), scratch.Program("pg_dump"), "-s", "-N", "whimbrel", "-d", db.url).CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}

// restored returns a dump as the server writes it again: of ANY ((ARRAY['a'::varchar])::text[])
// a restore makes something else.
func restored(t *testing.T, dump string) []string {
	t.Helper()
	db := fresh(t)
	psql(t, db, dump)
	return linesOf(dumped(t, db))
}

// linesOf returns the lines of a dump in order. Owners and what is said of extensions are
// nobody's, a default of NULL is none, a number in quotes is a number, and the models say
// names in bodies in full.
func linesOf(dump string) []string {
	var lines []string
	quoted := regexp.MustCompile(`'(-?[0-9]+)'::(?:smallint|integer|bigint)`)
	blank, qualified := nothing(), schemaNames(dump)
	for line := range strings.SplitSeq(dump, "\n") {
		line = quoted.ReplaceAllString(line, "$1")
		line = strings.TrimSuffix(blank.ReplaceAllString(strings.ToLower(line), ""), ",")
		if line = qualified.ReplaceAllString(line, ""); line != "" {
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
	}
	slices.Sort(lines)
	return lines
}

func nothing() *regexp.Regexp {
	return regexp.MustCompile(`^--.*|^set .*|^select pg_catalog.*|^\\.*|^comment on extension.*|.* owner to .*;$| default null(::[a-z ]+(\([0-9]+\))?)?|"`)
}

// schemaNames finds the names of schemas before others.
func schemaNames(dump string) *regexp.Regexp {
	names := []string{"public"}
	for _, found := range regexp.MustCompile(`(?m)^CREATE SCHEMA (\w+);`).FindAllStringSubmatch(dump, -1) {
		names = append(names, regexp.QuoteMeta(found[1]))
	}
	return regexp.MustCompile(`\b(` + strings.Join(names, "|") + `)\.`)
}

// difference returns the lines of the one that the other one has not, and the other way
// round. Both are in order.
func difference(a, b []string) (lost, added []string) {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			lost, a = append(lost, a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			added, b = append(added, b[0]), b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return lost, added
}
