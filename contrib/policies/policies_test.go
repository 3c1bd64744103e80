package policies_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

const notes = `
model "note" {
  row_security { force = true }
  field "owner"  { type = text }
  field "public" { type = boolean }

  policy "own" { using = owner == sql("current_setting('app.who')") }
  policy "public" {
    command = select
    using   = public
  }
  policy "not_bob" {
    command     = insert
    restrictive = true
    check       = owner != "bob"
  }
}`

// Who is nobody special sees and writes what the policies say.
func TestAccess(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, policies.New(), notes)
	sdktest.Query(t, url, `INSERT INTO note (owner, public) VALUES ('ada', false), ('ada', true), ('bob', false)`)
	as := func(user, sql string) string {
		// pg_read_all_data is a role that every server has, and no superuser.
		return sdktest.Query(t, url, `GRANT ALL ON note TO pg_read_all_data; SET LOCAL ROLE pg_read_all_data; SET LOCAL app.who = '`+user+`'; `+sql)
	}
	require.Equal(t, "ada|f\nada|t", as("ada", `SELECT owner, public FROM note ORDER BY 1, 2`))
	require.Equal(t, "ada|t\nbob|f", as("bob", `SELECT owner, public FROM note ORDER BY 1, 2`))
	require.Equal(t, "1", as("bob", `WITH gone AS (DELETE FROM note RETURNING 1) SELECT count(*) FROM gone`))
	require.Contains(t, as("ada", `INSERT INTO note (owner, public) VALUES ('eve', false)`), "violates row-level security policy")
	require.Contains(t, as("bob", `INSERT INTO note (owner, public) VALUES ('bob', false)`), `violates row-level security policy "not_bob"`)
}

// What PostgreSQL would refuse, or what would do nothing, is refused before.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for block, want := range map[string]string{
		`policy "p" {}`: "neither using nor check",
		`policy "p" {
  command = delete
  check   = id > 0
}`: "a policy for delete has a check",
		`policy "p" {
  command = insert
  using   = id > 0
}`: "a policy for insert has using",
	} {
		require.Contains(t, sdktest.Plan(t, policies.New(), "model \"note\" {\n  row_security = true\n"+block+"\n}"), want)
	}
	require.Contains(t, sdktest.Plan(t, policies.New(), `model "note" {
  policy "p" { using = id > 0 }
}`), "a policy without row security has no effect")
}
