package triggers

import (
	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// buildLog returns the SQL of the audit log. It does not ask for an empty place:
// after a rollback the log is still there if records are in it.
func buildLog(*state.State, *state.Object, naming) (built, error) {
	// An app can have its tables in the same schema.
	schema := address.New(model.SchemaKind, record.Schema)
	return built{
		verb: "audit_log", noun: "audit log",
		create: []string{createLogSchema, createLogTable, createLogIndex, createGuard, revokeGuard, createGuardTrigger},
		drop:   []string{dropLog},
		names:  []string{operation.Name("relation", record.Schema, "log")},
		needs:  []operation.Need{{Verb: operation.Create, Object: schema, Soft: true, Why: "the audit log is in it"}},
	}, nil
}

// The schema is marked with a comment, so that only one that was created here is
// dropped here.
const createLogSchema = `DO $log$
BEGIN
    IF pg_catalog.to_regnamespace('` + record.Schema + `') IS NULL THEN
        CREATE SCHEMA ` + record.Schema + `;
        COMMENT ON SCHEMA ` + record.Schema + ` IS 'Audit log (created by whimbrel)';
    END IF;
END
$log$`

// The time is that of the record, not that of the transaction's begin, so that
// records of one row are in order. Session_user is who connected: the functions
// run with their owner's rights.
const createLogTable = `CREATE TABLE IF NOT EXISTS ` + record.Log + ` (
    ` + record.ID + ` bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ` + record.At + ` timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    ` + record.Transaction + ` xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
    ` + record.Operation + ` text NOT NULL,
    ` + record.Model + ` text NOT NULL,
    ` + record.Table + ` text NOT NULL,
    ` + record.Row + ` jsonb,
    ` + record.Old + ` jsonb,
    ` + record.New + ` jsonb,
    ` + record.User + ` text NOT NULL DEFAULT session_user,
    ` + record.Context + ` jsonb
)`

// A B-tree of primary keys would be a quarter of what a record costs. A BRIN index
// says which parts of the log can have the records of a row, and of a time. What a
// part can have changes seldom, so the index costs next to nothing.
const (
	logIndex = `USING brin (` + record.At + `, ` + record.RowHash + ` pg_catalog.int4_bloom_ops (n_distinct_per_range = 4000))
    WITH (pages_per_range = 64, autosummarize = on)`
	createLogIndex = "CREATE INDEX IF NOT EXISTS log_at_row_id_idx ON " + record.Log + "\n    " + logIndex
)

// What is recorded stays as it is. Whoever may drop the table can drop the guard
// as well; it is there against mistakes. Retention says what it is and is let
// through.
const (
	createGuard = `CREATE OR REPLACE FUNCTION ` + record.Guard + `() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $guard$
BEGIN
    IF TG_OP <> 'UPDATE' AND current_setting('` + record.RetentionSetting + `', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'the audit log cannot be changed',
        HINT = 'To take out what is too old: SET LOCAL ` + record.RetentionSetting + ` = ''on''; DELETE FROM ` + record.Log + ` WHERE ` + record.At + ` < ...';
END
$guard$`
	revokeGuard        = `REVOKE ALL ON FUNCTION ` + record.Guard + `() FROM PUBLIC`
	createGuardTrigger = `CREATE OR REPLACE TRIGGER refuse_change AFTER UPDATE OR DELETE OR TRUNCATE ON ` + record.Log + `
    FOR EACH STATEMENT EXECUTE FUNCTION ` + record.Guard + `()`
)

// dropLog leaves a log that has records, and a schema that has something else.
// History tables and partitions have the guard too.
const dropLog = `DO $log$
DECLARE
    guarded regclass;
    used boolean := false;
BEGIN
    FOR guarded IN SELECT t.tgrelid FROM pg_catalog.pg_trigger t
        WHERE t.tgfoid = pg_catalog.to_regproc('` + record.Guard + `') AND NOT t.tgisinternal
    LOOP
        EXECUTE 'DROP TRIGGER refuse_change ON ' || guarded;
    END LOOP;
    DROP FUNCTION IF EXISTS ` + record.Guard + `();
    IF pg_catalog.to_regclass('` + record.Log + `') IS NOT NULL THEN
        LOCK TABLE ` + record.Log + `;
        used := EXISTS (SELECT FROM ` + record.Log + `);
        IF NOT used THEN
            DROP TABLE ` + record.Log + `;
        END IF;
    END IF;
    IF NOT used AND pg_catalog.obj_description(pg_catalog.to_regnamespace('` + record.Schema + `'), 'pg_namespace') = 'Audit log (created by whimbrel)' THEN
        DROP SCHEMA ` + record.Schema + `;
    END IF;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE 'the audit log stays, something else is with it';
END
$log$`
