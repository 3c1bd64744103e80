package sqltext_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

func TestDisturbances(t *testing.T) {
	t.Parallel()
	const (
		transaction = sqltext.ControlsTransaction
		data        = sqltext.WaitsForData
		discard     = sqltext.DiscardsSession
		locks       = sqltext.ReleasesLocks
		settings    = sqltext.ResetsSettings
	)
	for sql, want := range map[string][]sqltext.Disturbance{
		"":                                    nil,
		"SELECT 1":                            nil,
		"commit":                              {transaction},
		"/* a /* b */ */ -- c\n begin":        {transaction},
		"END":                                 {transaction},
		"ABORT WORK":                          {transaction},
		"start  transaction READ ONLY":        {transaction},
		"PREPARE TRANSACTION 'a'":             {transaction},
		"COMMIT PREPARED 'a'":                 {transaction},
		"PREPARE a AS SELECT 1":               nil,
		"ROLLBACK":                            {transaction},
		"ROLLBACK WORK":                       {transaction},
		"ROLLBACK TRANSACTION AND CHAIN":      {transaction},
		"ROLLBACK TO s":                       nil,
		"ROLLBACK TRANSACTION TO SAVEPOINT s": nil,
		"SAVEPOINT s":                         nil,
		"CREATE TABLE a (); COMMIT; BEGIN":    {transaction},
		"DO $$BEGIN COMMIT; END$$":            nil,
		"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END": nil,
		"CREATE TABLE \"commit\" ()":                                 nil,

		"COPY a FROM STDIN": {data},
		"copy binary public.a (x, \"from\") from stdin (FORMAT csv)": {data},
		"COPY a FROM stdout":                                             {data},
		"COPY a FROM /* here */ stdin WITH CSV":                          {data},
		"COPY a FROM 'stdin'":                                            nil,
		"COPY a FROM PROGRAM 'cat' WHERE x IS DISTINCT FROM stdin":       nil,
		"COPY a TO STDOUT":                                               nil,
		"COPY (SELECT x FROM stdin) TO STDOUT":                           nil,
		"CREATE TABLE stdin (); COPY stdin FROM '/x'; COPY a FROM STDIN": {data},
		"INSERT INTO a SELECT 'COPY a FROM STDIN' FROM stdin":            nil,

		"DISCARD ALL":                     {discard, settings},
		"discard -- what\n all":           {discard, settings},
		"reset all":                       {settings},
		"RESET work_mem":                  nil,
		"DISCARD TEMP":                    nil,
		"SELECT pg_advisory_unlock_all()": {locks},
		"DO 'x'; SELECT pg_catalog.\"pg_advisory_unlock_all\" ()": {locks},
		"SELECT pg_advisory_unlock_all":                           nil,
		"SELECT 'pg_advisory_unlock_all()'":                       nil,
		"COMMIT; DISCARD ALL":                                     {discard, settings, transaction},
	} {
		require.Equal(t, want, sqltext.Disturbances(sql), sql)
	}
}
