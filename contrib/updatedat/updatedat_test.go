package updatedat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

const before = `
model "book" {
  field "title"   { type = text }
  field "changed" {
    type     = timestamptz
    auto_now = true
  }
}`

// Renamed table and column, and another type.
const after = `
model "book" {
  table = "books"
  field "title"   { type = text }
  field "changed" {
    type     = timestamp
    column   = "changed at"
    auto_now = true
  }
}`

// The time is set whatever the statement says, and a renamed table or column
// does not stop that.
func TestAutoNow(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, updatedat.New(), before)
	require.Equal(t, "t", sdktest.Query(t, url, `INSERT INTO book (title, changed) VALUES ('a', '2000-01-01') RETURNING changed = now()`))
	require.Equal(t, "b|t", sdktest.Query(t, url, `UPDATE book SET title = 'b', changed = NULL RETURNING title, changed = now()`))

	url = sdktest.Database(t, updatedat.New(), before, after)
	require.Equal(t, "t", sdktest.Query(t, url, `INSERT INTO books (title) VALUES ('a') RETURNING "changed at" = localtimestamp`))
}

// What cannot hold a time is refused with the models, not by the server.
func TestWrongType(t *testing.T) {
	t.Parallel()
	require.Contains(t, sdktest.Plan(t, updatedat.New(), `model "book" {
  field "title" {
    type     = text
    auto_now = true
  }
}`), "auto_now is on a field that holds no time")
}
