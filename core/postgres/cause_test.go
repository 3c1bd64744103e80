package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

const (
	undo     = "take the migration back and change the models: whimbrel make --undo 20260101000000_a"
	seal     = "correct the SQL of the migration and seal it: whimbrel make --seal 20260101000000_a"
	byHand   = "or if something in the database was changed by hand, change it back, and run again: whimbrel migrate"
	data     = "correct the data, then run again: whimbrel migrate"
	reported = "and if neither is so, report it to whimbrel, with the models and the migration"
)

// What to do follows from what is wrong: the data, the migration, who has written it, or
// the server.
func TestNextFollowsFromTheCause(t *testing.T) {
	t.Parallel()
	written := undo + "\n" + byHand + "\n" + reported
	for _, c := range []struct{ code, generated, hand string }{
		{"23505", data + "\nor " + undo, data + "\nor " + seal}, // unique_violation
		{"22001", data + "\nor " + undo, data + "\nor " + seal}, // string_data_right_truncation
		{"P0001", data + "\nor " + undo, data + "\nor " + seal}, // raise_exception
		{"54000", data + "\nor " + undo, data + "\nor " + seal}, // program_limit_exceeded
		{"42703", written, seal + "\n" + byHand},                // undefined_column
		{"42P01", written, seal + "\n" + byHand},                // undefined_table
		{"42883", written, seal + "\n" + byHand},                // undefined_function
		{"0A000", written, seal + "\n" + byHand},                // feature_not_supported
		{"2BP01", written, seal + "\n" + byHand},                // dependent_objects_still_exist
		{"3F000", written, seal + "\n" + byHand},                // invalid_schema_name
		{"55000", written, seal + "\n" + byHand},                // object_not_in_prerequisite_state
		{code: "53100", generated: "give the server what it lacks, or choose a quieter time, and run again: whimbrel migrate"},
		{code: "55006", generated: "end the sessions that use it, and run again: whimbrel migrate"},
		{code: "57014", generated: "raise the time limit, such as statement_timeout, or choose a quieter time, and run again: whimbrel migrate"},
		{code: "25006", generated: "connect to a server and as a user that can write, and run again: whimbrel migrate"},
		{code: "40001", generated: "run again: whimbrel migrate"},
		{code: "XX000", generated: "look into the log of the server, then run again: whimbrel migrate"},
		{code: "ZZ999", generated: "correct what it says, then run again: whimbrel migrate"},
	} {
		if c.hand == "" {
			c.hand = c.generated
		}
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			executor, _ := empty(t)
			s := script("20260101000000_a", raise(c.code))
			require.Equal(t, c.hand, nextOf(t, executor.Apply(t.Context(), s, nil)))
			s.Steps[0].Kind, s.Steps[0].Target = "alter_model", "model shop.a"
			require.Equal(t, c.generated, nextOf(t, executor.Apply(t.Context(), s, nil)))
		})
	}
}

// On the way back nothing of the migration can be another one any more.
func TestNextOnTheWayBack(t *testing.T) {
	t.Parallel()
	for code, next := range map[string]string{
		"23502": "correct the data, then run again: whimbrel rollback",
		"42P01": "change in the database what the statement does not fit, then run again: whimbrel rollback",
		"57014": "raise the time limit, such as statement_timeout, or choose a quieter time, and run again: whimbrel rollback",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			executor, _ := empty(t)
			s := down(script("20260101000000_a", `SELECT 1`), raise(code))
			require.NoError(t, executor.Apply(t.Context(), s, nil))
			require.Equal(t, next, nextOf(t, executor.Rollback(t.Context(), s, nil)))
		})
	}
}

func raise(code string) string {
	return "DO $$BEGIN RAISE EXCEPTION 'it failed' USING ERRCODE = '" + code + "'; END$$"
}

func nextOf(t *testing.T, err error) string {
	t.Helper()
	var failed *postgres.ScriptError
	require.ErrorAs(t, err, &failed)
	return failed.Diagnostic().Next
}
