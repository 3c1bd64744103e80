package postgres

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Only what defines an object and runs nothing leaves a session as it is.
func TestDefines(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]bool{
		"CREATE TABLE t (a integer)":                           true,
		"create unique index i on t (a)":                       true,
		"ALTER TABLE t ADD COLUMN b integer DEFAULT 1":         true,
		"COMMENT ON TABLE t IS 'as it is'":                     true,
		"CREATE VIEW v AS SELECT 1":                            true,
		"DROP TABLE t":                                         true,
		"CREATE TABLE t AS SELECT set_config('a.b', '', true)": false,
		"CREATE INDEX CONCURRENTLY i ON t (a)":                 false,
		"CREATE MATERIALIZED VIEW v AS SELECT 1":               false,
		"ALTER ROLE r SET TimeZone = 'UTC'":                    false,
		"SET ROLE r":                                           false,
		"SELECT 1":                                             false,
		"DO $$ BEGIN END $$":                                   false,
		"CREATE TABLE t (); RESET ALL":                         false,
		"":                                                     false,
	} {
		require.Equal(t, want, defines(sql), sql)
	}
}
