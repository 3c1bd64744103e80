package triggers

import "github.com/whimbreldb/whimbrel/contrib/triggers/record"

// makeHistoryBody makes a history table without columns of a model. Those are
// added one by one, to a table that is there already as well. What belongs to it
// is named by a hash, as the name of the table may leave no room. A
// table from before gets what it did not have; what had the name, of a field that
// there was, gets another one.
const makeHistoryBody = `DECLARE
    own text;
    type text;
    said text;
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS audit.%1$I (
        ` + record.HistoryID + ` bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME audit.%2$I) CONSTRAINT %3$I PRIMARY KEY,
        ` + record.At + ` timestamptz NOT NULL DEFAULT clock_timestamp(),
        ` + record.Transaction + ` xid8 NOT NULL DEFAULT pg_current_xact_id(),
        ` + record.Operation + ` text NOT NULL,
        ` + record.User + ` text NOT NULL DEFAULT session_user,
        ` + record.Context + ` jsonb,
        ` + record.OldRow + ` jsonb)', history, audit.history_part(history, 'seq'), audit.history_part(history, 'pkey'));
    FOR own, type IN VALUES ('` + record.Began + `', 'timestamptz'), ('` + record.Place + `', 'bigint') LOOP
        SELECT max(coalesce(col_description(a.attrelid, a.attnum), '')) INTO said FROM pg_attribute a
        WHERE a.attrelid = format('audit.%I', history)::regclass AND a.attname = own;
        CONTINUE WHEN said = '` + record.Own + `';
        IF said IS NOT NULL THEN
            EXECUTE format('ALTER TABLE audit.%I RENAME %I TO %I', history, own, audit.unused_history_name(history, own));
        END IF;
        EXECUTE format('ALTER TABLE audit.%I ADD %I %s', history, own, type);
        EXECUTE format('COMMENT ON COLUMN audit.%I.%I IS %L', history, own, '` + record.Own + `');
    END LOOP;
    EXECUTE format('ALTER TABLE audit.%I ALTER ` + record.Began + ` SET DEFAULT transaction_timestamp()', history);
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON audit.%I USING brin (` + record.At + `)', audit.history_part(history, 'at_idx'), history);
    PERFORM audit.guard(format('audit.%I', history)::regclass);
END`

const historyPartBody = `SELECT 'history_' || left(md5(history), 12) || '_' || part`

// indexHistoryBody makes the index of the primary key's columns.
const indexHistoryBody = `DECLARE
    index text := audit.history_part(history, 'row_idx');
BEGIN
    IF keys = (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = to_regclass(format('audit.%I', index))) THEN
        RETURN;
    END IF;
    EXECUTE format('DROP INDEX IF EXISTS audit.%I', index);
    IF keys <> '{}' THEN
        EXECUTE format('CREATE INDEX %I ON audit.%I (%s)', index, history,
            (SELECT string_agg(format('%I', k), ', ' ORDER BY o) FROM unnest(keys) WITH ORDINALITY u(k, o)));
    END IF;
END`

// dropEmptyHistoryColumnBody takes back a column that has no value.
const dropEmptyHistoryColumnBody = `DECLARE
    used boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM audit.%I WHERE %I IS NOT NULL)', history, name) INTO used;
    IF NOT used THEN
        EXECUTE format('ALTER TABLE audit.%I DROP %I', history, name);
    END IF;
END`

// makeHistoryColumnBody adds a column. One that is there with another type is
// changed if every value stays what it is, else it is kept under another name.
// A column says since which record it is there: that an older one has NULL in it tells
// nothing.
const makeHistoryColumnBody = `DECLARE
    has text;
    loses boolean;
    since bigint := pg_sequence_last_value(format('audit.%I', audit.history_part(history, 'seq'))::regclass);
BEGIN
    SELECT format_type(a.atttypid, NULL) INTO has FROM pg_attribute a
    WHERE a.attrelid = format('audit.%I', history)::regclass AND a.attname = make_history_column.name AND NOT a.attisdropped;
    IF has::regtype = type::regtype THEN
        RETURN;
    END IF;
    IF has IS NOT NULL THEN
        BEGIN
            EXECUTE format('SELECT EXISTS (SELECT FROM audit.%I h WHERE h.%I::%s::%s::text IS DISTINCT FROM h.%2$I::text)',
                history, name, type, has) INTO loses;
            IF NOT loses THEN
                EXECUTE format('ALTER TABLE audit.%I ALTER %I TYPE %s USING %2$I::%3$s', history, name, type);
                RETURN;
            END IF;
        EXCEPTION WHEN cannot_coerce OR data_exception OR undefined_function THEN
            NULL; -- there is no such cast, or not of these values
        END;
        EXECUTE format('ALTER TABLE audit.%I RENAME %I TO %I', history, name, audit.unused_history_name(history, name));
    END IF;
    EXECUTE format('ALTER TABLE audit.%I ADD %I %s', history, name, type);
    EXECUTE format('COMMENT ON COLUMN audit.%I.%I IS %L', history, name, '` + record.Since + `' || coalesce(since, 0));
END`

// unusedHistoryNameBody returns a name for a column, or for the table where it is
// asked with an empty name, that nothing has.
const unusedHistoryNameBody = `DECLARE
    number integer := 1;
    candidate text;
BEGIN
    LOOP
        candidate := left(coalesce(nullif(name, ''), history), 50) || '_' || number;
        IF name = '' AND to_regclass(format('audit.%I', candidate)) IS NULL OR name <> '' AND NOT EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = format('audit.%I', history)::regclass AND a.attname = candidate) THEN
            RETURN candidate;
        END IF;
        number := number + 1;
    END LOOP;
END`

// renameHistoryBody renames a history table with its parts. A table that has
// the name already, of a model that there was, gets another one.
const renameHistoryBody = `DECLARE
    part text;
BEGIN
    IF to_regclass(format('audit.%I', history)) IS NULL THEN
        RETURN;
    END IF;
    IF to_regclass(format('audit.%I', new_name)) IS NOT NULL THEN
        PERFORM audit.rename_history(new_name, audit.unused_history_name(new_name, ''));
    END IF;
    EXECUTE format('ALTER TABLE audit.%I RENAME TO %I', history, new_name);
    EXECUTE format('ALTER SEQUENCE audit.%I RENAME TO %I', audit.history_part(history, 'seq'), audit.history_part(new_name, 'seq'));
    FOREACH part IN ARRAY '{pkey,at_idx,row_idx}'::text[] LOOP
        EXECUTE format('ALTER INDEX IF EXISTS audit.%I RENAME TO %I', audit.history_part(history, part), audit.history_part(new_name, part));
    END LOOP;
END`

// renameHistoryColumnsBody renames columns at once, as they can exchange their
// names. A column that was kept under a new name gets another one.
const renameHistoryColumnsBody = `DECLARE
    part regclass := to_regclass(format('audit.%I', history));
    present boolean[];
BEGIN
    IF part IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = part AND a.attname = n AND NOT a.attisdropped) ORDER BY o)
    INTO present FROM unnest(old_names) WITH ORDINALITY u(n, o);
    FOR i IN 1 .. cardinality(old_names) LOOP
        IF present[i] THEN
            EXECUTE format('ALTER TABLE %s RENAME %I TO %I', part, old_names[i], 'whimbrel_moving_' || i);
        END IF;
    END LOOP;
    FOR i IN 1 .. cardinality(old_names) LOOP
        IF present[i] THEN
            IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = part AND a.attname = new_names[i] AND NOT a.attisdropped) THEN
                EXECUTE format('ALTER TABLE %s RENAME %I TO %I', part, new_names[i], audit.unused_history_name(history, new_names[i]));
            END IF;
            EXECUTE format('ALTER TABLE %s RENAME %I TO %I', part, 'whimbrel_moving_' || i, new_names[i]);
        END IF;
    END LOOP;
END`

// dropEmptyHistoryBody leaves a history table that has records.
const dropEmptyHistoryBody = `DECLARE
    used boolean;
BEGIN
    IF to_regclass(format('audit.%I', history)) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('LOCK TABLE audit.%I', history);
    EXECUTE format('SELECT EXISTS (SELECT FROM audit.%I)', history) INTO used;
    IF NOT used THEN
        EXECUTE format('DROP TABLE audit.%I', history);
    END IF;
END`

// dateHistoriesBody has the columns of all history tables from before say since which
// record they are there. That can be seen by the numbers of transactions, until the
// records are restored into another cluster.
const dateHistoriesBody = `DECLARE
    c record;
    since bigint;
BEGIN
    FOR c IN
        SELECT h.oid::regclass AS history, a.attname AS name, CASE WHEN a.xmin <> i.xmin THEN a.xmin END AS added
        FROM pg_class h
        JOIN pg_attribute i ON i.attrelid = h.oid AND i.attname = '` + record.HistoryID + `'
        JOIN pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL ('{{own}}')
        WHERE h.relnamespace = '` + record.Schema + `'::regnamespace AND h.relkind = 'r'
            AND obj_description(h.oid, 'pg_class') LIKE '{%' AND col_description(h.oid, a.attnum) IS NULL
    LOOP
        since := 0;
        IF c.added IS NOT NULL THEN
            EXECUTE format('SELECT coalesce(max(` + record.HistoryID + `), 0) FROM %s h WHERE age(h.` + record.Transaction + `::xid) > age($1)', c.history) INTO since USING c.added;
        END IF;
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.history, c.name, '` + record.Since + `' || since);
    END LOOP;
END`
