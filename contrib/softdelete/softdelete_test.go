package softdelete_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

const library = `
model "author" {
  field "name" { type = text }
}
model "book" {
  field "title"  { type = text }
  field "author" {
    type      = foreign_key(author)
    on_delete = cascade
  }
  field "deleted_at" {
    type = timestamptz
    null = true
  }
  soft_delete { field = deleted_at }
}`

// A deleted row is marked, then deleted; a cascade leaves no row behind without
// its parent.
func TestSoftDelete(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, softdelete.New(), library)
	query := func(sql string) string { return sdktest.Query(t, url, sql) }
	query(`INSERT INTO author (name) VALUES ('Ada'), ('Bob')`)
	query(`INSERT INTO book (title, author_id) VALUES ('one', 1), ('two', 1), ('three', 2)`)

	query(`DELETE FROM book WHERE title IN ('one', 'three')`)
	require.Equal(t, "one|t\nthree|t\ntwo|f", query(`SELECT title, deleted_at IS NOT NULL FROM book ORDER BY title`))
	query(`DELETE FROM book WHERE title = 'three'`)
	require.Equal(t, "one\ntwo", query(`SELECT title FROM book ORDER BY title`))
	query(`DELETE FROM author WHERE name = 'Ada'`)
	require.Equal(t, "0", query(`SELECT count(*) FROM book`))
}

// The body of the function has the names of today after a rename.
func TestRenamed(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, softdelete.New(), `
model "book" {
  field "gone" {
    type = timestamptz
    null = true
  }
  soft_delete { field = gone }
}`, `
model "book" {
  table = "the books"
  field "gone" {
    type   = timestamptz
    column = "gone at"
    null   = true
  }
  soft_delete { field = gone }
}`)
	require.Equal(t, "t", sdktest.Query(t, url, `INSERT INTO "the books" DEFAULT VALUES; DELETE FROM "the books"; SELECT "gone at" IS NOT NULL FROM "the books"`))
}

// A field that cannot be null would make every row a deleted one.
func TestWrongField(t *testing.T) {
	t.Parallel()
	require.Contains(t, sdktest.Plan(t, softdelete.New(), `
model "book" {
  field "gone" { type = timestamptz }
  soft_delete { field = gone }
}`), "the field of soft_delete is no timestamp that can be null")
}
