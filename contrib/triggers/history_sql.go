package triggers

// makeHistoryBody makes a history table without columns of a model. Those are
// added one by one, to a table that is there already as well.
const makeHistoryBody = `BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS audit.%I (
        history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        operation text NOT NULL,
        db_user text NOT NULL DEFAULT session_user,
        context jsonb,
        old_row_id jsonb)', history);
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON audit.%I USING brin (at)', left(history, 54) || '_at_idx', history);
    PERFORM audit.guard(format('audit.%I', history)::regclass);
END`

// makeHistoryColumnBody adds a column. One that is there with another type is
// changed if every value stays what it is, else it is kept under another name.
const makeHistoryColumnBody = `DECLARE
    has text;
    loses boolean;
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

// renameHistoryBody renames a history table and its indexes. A table that has
// the name already, of a model that there was, gets another one.
const renameHistoryBody = `DECLARE
    index text;
BEGIN
    IF to_regclass(format('audit.%I', history)) IS NULL THEN
        RETURN;
    END IF;
    IF to_regclass(format('audit.%I', new_name)) IS NOT NULL THEN
        PERFORM audit.rename_history(new_name, audit.unused_history_name(new_name, ''));
    END IF;
    FOR index IN
        SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = format('audit.%I', history)::regclass AND starts_with(c.relname, history)
    LOOP
        EXECUTE format('ALTER INDEX audit.%I RENAME TO %I', index, left(new_name || substr(index, length(history) + 1), 63));
    END LOOP;
    EXECUTE format('ALTER TABLE audit.%I RENAME TO %I', history, new_name);
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
