package triggers

import (
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// An upkeepFunction is a function in the schema of the log.
type upkeepFunction struct {
	name     string // with the types of its arguments
	head     string // the arguments and what it returns
	language string
	body     string
}

// create returns the statement. Bounds of partitions are in UTC. What is called for
// each row has no settings.
func (f upkeepFunction) create() string {
	settings := " SET search_path = " + safePath + " SET timezone = 'UTC'"
	switch f.body {
	case markBody:
		settings = " SECURITY DEFINER"
	case asJSONBody:
		settings = " SET search_path = " + safePath
	}
	return "CREATE OR REPLACE FUNCTION " + record.Schema + "." + f.head + "\nLANGUAGE " + f.language + settings +
		"\nAS " + dollar("\n"+named(f.body)+"\n")
}

// revoke returns the statements that keep others from calling it. Any writer may have
// a value as JSON: the function of the audit can be somebody else's.
func (f upkeepFunction) revoke() []string {
	if f.body == asJSONBody {
		return nil
	}
	return []string{"REVOKE ALL ON FUNCTION " + record.Schema + "." + f.name + " FROM PUBLIC"}
}

// drop returns the statement. What triggers call stays while there are some.
func (f upkeepFunction) drop() string {
	text := "DROP FUNCTION " + record.Schema + "." + f.name
	if f.body != markBody {
		return text
	}
	return "DO $mark$\nBEGIN\n    " + text + ";\nEXCEPTION WHEN dependent_objects_still_exist THEN\n    NULL;\nEND\n$mark$"
}

// named puts the names that readers of the log know it by into a body.
func named(body string) string {
	return strings.NewReplacer("{log}", record.Log, "{guard}", record.Guard, "{retention}", record.RetentionSetting,
		"{columns}", strings.Join(record.LogColumns(), ", "), "{own}", strings.Join(record.FormerHistoryColumns(), ","), "{former columns}", strings.Join(record.FormerLogColumns(), ", ")).Replace(body)
}

// upkeepFunctions returns the functions of today, or those from before.
func upkeepFunctions(former bool) []upkeepFunction {
	if former {
		return upkeepOf(strings.ReplaceAll(addPartitionBody, "{columns}", "{former columns}"), formerHistoryBody, formerHistoryColumnBody)
	}
	return append(upkeepOf(addPartitionBody, makeHistoryBody, makeHistoryColumnBody),
		upkeepFunction{"date_histories()", "date_histories() RETURNS void", "plpgsql", dateHistoriesBody},
		upkeepFunction{"mark()", "mark() RETURNS trigger", "plpgsql", markBody},
		upkeepFunction{"as_jsonb(anyelement)", "as_jsonb(value anyelement) RETURNS jsonb", "plpgsql IMMUTABLE STRICT", asJSONBody},
		upkeepFunction{
			"note_renames(text, text, text, text[], text[])",
			"note_renames(was text, now text, history text, was_columns text[], now_columns text[]) RETURNS void", "plpgsql", noteRenamesBody,
		},
	)
}

func upkeepOf(addPartition, makeHistory, makeColumn string) []upkeepFunction {
	return []upkeepFunction{
		{"guard(regclass)", "guard(part regclass) RETURNS void", "plpgsql", guardBody},
		{"partitions()", "partitions() RETURNS TABLE (part regclass, low timestamptz, high timestamptz)", "sql STABLE", partitionsBody},
		{"add_partition(timestamptz)", "add_partition(moment timestamptz) RETURNS void", "plpgsql", addPartition},
		{"rotate()", "rotate() RETURNS void", "plpgsql", rotateBody},
		{"partition_by(text)", "partition_by(unit text) RETURNS void", "plpgsql", partitionByBody},
		{"history_part(text, text)", "history_part(history text, part text) RETURNS text", "sql IMMUTABLE", historyPartBody},
		{"index_history(text, text[])", "index_history(history text, keys text[]) RETURNS void", "plpgsql", indexHistoryBody},
		{
			"drop_empty_history_column(text, text)",
			"drop_empty_history_column(history text, name text) RETURNS void", "plpgsql", dropEmptyHistoryColumnBody,
		},
		{"make_history(text)", "make_history(history text) RETURNS void", "plpgsql", makeHistory},
		{
			"make_history_column(text, text, text)",
			"make_history_column(history text, name text, type text) RETURNS void", "plpgsql", makeColumn,
		},
		{"unused_history_name(text, text)", "unused_history_name(history text, name text) RETURNS text", "plpgsql", unusedHistoryNameBody},
		{"rename_history(text, text)", "rename_history(history text, new_name text) RETURNS void", "plpgsql", renameHistoryBody},
		{
			"rename_history_columns(text, text[], text[])",
			"rename_history_columns(history text, old_names text[], new_names text[]) RETURNS void", "plpgsql", renameHistoryColumnsBody,
		},
		{"drop_empty_history(text)", "drop_empty_history(history text) RETURNS void", "plpgsql", dropEmptyHistoryBody},
	}
}

// guardBody makes a table append-only. A statement that names a partition does
// not run the triggers of the whole.
const guardBody = `BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER refuse_change AFTER UPDATE OR DELETE OR TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION {guard}()', part);
END`

// partitionsBody lists the partitions of the log but the default one.
const partitionsBody = `SELECT i.inhrelid::regclass, coalesce(m[1]::timestamptz, '-infinity'), m[2]::timestamptz
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
CROSS JOIN regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \((?:''(.+)''|MINVALUE)\) TO \(''(.+)''\)') m
WHERE i.inhparent = '{log}'::regclass AND m IS NOT NULL`

// addPartitionBody makes the partition that a moment belongs to, between those
// that are there, and moves the records that were written without it.
const addPartitionBody = `DECLARE
    unit text := substring(obj_description('{log}'::regclass, 'pg_class') FROM '^Partitioned by (\w+)$');
    start timestamptz := date_trunc(unit, moment);
    stop timestamptz := start + ('1 ' || unit)::interval;
    name text;
BEGIN
    IF EXISTS (SELECT FROM audit.partitions() p WHERE p.low <= moment AND p.high > moment) THEN
        RETURN;
    END IF;
    LOCK TABLE {log} IN ACCESS EXCLUSIVE MODE;
    start := greatest(start, (SELECT max(p.high) FROM audit.partitions() p WHERE p.high <= moment));
    stop := least(stop, (SELECT min(p.low) FROM audit.partitions() p WHERE p.low > moment));
    name := 'log_' || to_char(start, 'YYYYMMDD');
    EXECUTE format('CREATE TABLE audit.%I (LIKE {log} INCLUDING DEFAULTS)', name);
    PERFORM set_config('{retention}', 'on', true);
    EXECUTE format('WITH moved AS (DELETE FROM {log}_default WHERE at >= %L AND at < %L RETURNING *)
        INSERT INTO audit.%I ({columns})
        SELECT {columns} FROM moved', start, stop, name);
    PERFORM set_config('{retention}', 'off', true);
    EXECUTE format('ALTER TABLE {log} ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', name, start, stop);
    PERFORM audit.guard(format('audit.%I', name)::regclass);
END`

// rotateBody makes the coming partitions and takes out what is too old. Partitions
// that nothing is written to any more get a B-tree of the rows, which costs nobody
// a write then.
const rotateBody = `DECLARE
    unit text := substring(obj_description('{log}'::regclass, 'pg_class') FROM '^Partitioned by (\w+)$');
    moment timestamptz;
    old record;
    needed boolean;
BEGIN
    IF unit IS NOT NULL THEN
        FOR moment IN
            SELECT DISTINCT date_trunc(unit, l.at) FROM {log}_default l
            UNION SELECT now() UNION SELECT now() + ('1 ' || unit)::interval ORDER BY 1
        LOOP
            PERFORM audit.add_partition(moment);
        END LOOP;
    END IF;
    FOR old IN SELECT p.part FROM audit.partitions() p WHERE p.high <= now() AND EXISTS (SELECT FROM audit.retention) LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s l LEFT JOIN audit.retention r ON r.model = l.model
            WHERE r.keep IS NULL OR l.at >= now() - r.keep)', old.part) INTO needed;
        IF NOT needed THEN
            EXECUTE format('DROP TABLE %s', old.part);
        END IF;
    END LOOP;
    FOR old IN SELECT p.part, c.relname FROM audit.partitions() p JOIN pg_class c ON c.oid = p.part WHERE p.high <= now() LOOP
        EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %s (jsonb_hash(row_id))', old.relname || '_rows_idx', old.part);
    END LOOP;
    PERFORM set_config('{retention}', 'on', true);
    DELETE FROM {log} l USING audit.retention r WHERE r.model = l.model AND l.at < now() - r.keep;
    FOR old IN SELECT r.history, r.keep FROM audit.retention r WHERE r.history IS NOT NULL LOOP
        EXECUTE format('DELETE FROM audit.%I WHERE at < now() - %L::interval', old.history, old.keep);
    END LOOP;
    PERFORM set_config('{retention}', 'off', true);
END`

// partitionByBody divides the log. A log that is one table becomes the first
// partition, up to the end of the unit that is now. To stop dividing makes no
// more partitions; those that are there stay.
const partitionByBody = `DECLARE
    stop timestamptz;
    last bigint;
    granted record;
    part regclass;
BEGIN
    IF unit = 'none' THEN
        COMMENT ON TABLE {log} IS NULL;
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM pg_class WHERE oid = '{log}'::regclass AND relkind = 'r') THEN
        LOCK TABLE {log} IN ACCESS EXCLUSIVE MODE;
        last := coalesce(pg_sequence_last_value(pg_get_serial_sequence('{log}', 'id')::regclass), 0);
        SELECT date_trunc(unit, greatest(now(), max(l.at))) + ('1 ' || unit)::interval INTO stop FROM {log} l;
        ALTER TABLE {log} ALTER id DROP IDENTITY, DROP CONSTRAINT IF EXISTS log_pkey;
        DROP INDEX IF EXISTS {log}_model_row_id_idx;
        DROP INDEX IF EXISTS {log}_at_idx;
        ALTER INDEX IF EXISTS {log}_at_row_id_idx RENAME TO log_before_at_row_id_idx;
        ALTER TABLE {log} RENAME TO log_before;
        CREATE TABLE {log} (LIKE {log}_before INCLUDING DEFAULTS) PARTITION BY RANGE (at);
        ALTER TABLE {log} ALTER id ADD GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (id, at);
        EXECUTE format('ALTER TABLE {log} ALTER id RESTART WITH %s', last + 1);
        CREATE INDEX log_at_row_id_idx ON {log} ` + logIndex + `;
        CREATE TABLE {log}_default PARTITION OF {log} DEFAULT;
        FOR granted IN
            SELECT a.privilege_type AS privilege, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee
            FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = '{log}_before'::regclass AND a.grantee <> c.relowner
        LOOP
            EXECUTE format('GRANT %s ON {log} TO %s', granted.privilege, granted.grantee);
        END LOOP;
        IF last = 0 AND NOT EXISTS (SELECT FROM {log}_before) THEN
            DROP TABLE {log}_before;
        ELSE
            EXECUTE format('ALTER TABLE {log} ATTACH PARTITION {log}_before FOR VALUES FROM (MINVALUE) TO (%L)', stop);
        END IF;
    END IF;
    EXECUTE format('COMMENT ON TABLE {log} IS %L', 'Partitioned by ' || unit);
    PERFORM audit.rotate();
    PERFORM audit.guard('{log}');
    PERFORM audit.guard(i.inhrelid) FROM pg_inherits i WHERE i.inhparent = '{log}'::regclass;
END`
