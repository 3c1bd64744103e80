package triggers

import "github.com/whimbreldb/whimbrel/contrib/triggers/record"

// formerHistoryBody made a history table without columns of a model. Those were
// added one by one, to a table that is there already as well. What belongs to it
// is named by a hash, as the name of the table may leave no room.
const formerHistoryBody = `BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS audit.%1$I (
        ` + record.HistoryID + ` bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME audit.%2$I) CONSTRAINT %3$I PRIMARY KEY,
        ` + record.At + ` timestamptz NOT NULL DEFAULT clock_timestamp(),
        ` + record.Transaction + ` xid8 NOT NULL DEFAULT pg_current_xact_id(),
        ` + record.Operation + ` text NOT NULL,
        ` + record.User + ` text NOT NULL DEFAULT session_user,
        ` + record.Context + ` jsonb,
        ` + record.OldRow + ` jsonb)', history, audit.history_part(history, 'seq'), audit.history_part(history, 'pkey'));
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON audit.%I USING brin (` + record.At + `)', audit.history_part(history, 'at_idx'), history);
    PERFORM audit.guard(format('audit.%I', history)::regclass);
END`

// formerHistoryColumnBody added a column. One that is there with another type was
// changed if every value stayed what it is, else it was kept under another name.
const formerHistoryColumnBody = `DECLARE
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
