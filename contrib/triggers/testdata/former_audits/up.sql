DO $log$
BEGIN
    IF pg_catalog.to_regnamespace('audit') IS NULL THEN
        CREATE SCHEMA audit;
        COMMENT ON SCHEMA audit IS 'Audit log (created by whimbrel)';
    END IF;
END
$log$;
CREATE TABLE IF NOT EXISTS audit.log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
    operation text NOT NULL,
    model text NOT NULL,
    table_name text NOT NULL,
    row_id jsonb,
    old jsonb,
    new jsonb,
    db_user text NOT NULL DEFAULT session_user,
    context jsonb
);
CREATE INDEX IF NOT EXISTS log_at_row_id_idx ON audit.log
    USING brin (at, pg_catalog.jsonb_hash(row_id) pg_catalog.int4_bloom_ops (n_distinct_per_range = 4000))
    WITH (pages_per_range = 64, autosummarize = on);
CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $guard$
BEGIN
    IF TG_OP <> 'UPDATE' AND current_setting('whimbrel.audit_retention', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'the audit log cannot be changed',
        HINT = 'To take out what is too old: SET LOCAL whimbrel.audit_retention = ''on''; DELETE FROM audit.log WHERE at < ...';
END
$guard$;
REVOKE ALL ON FUNCTION audit.refuse_change() FROM PUBLIC;
CREATE OR REPLACE TRIGGER refuse_change AFTER UPDATE OR DELETE OR TRUNCATE ON audit.log
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TABLE IF NOT EXISTS audit.retention (
    model text PRIMARY KEY,
    keep interval NOT NULL,
    history text
);
CREATE OR REPLACE FUNCTION audit.guard(part regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER refuse_change AFTER UPDATE OR DELETE OR TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', part);
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.guard(regclass) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.partitions() RETURNS TABLE (part regclass, low timestamptz, high timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
SELECT i.inhrelid::regclass, coalesce(m[1]::timestamptz, '-infinity'), m[2]::timestamptz
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
CROSS JOIN regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \((?:''(.+)''|MINVALUE)\) TO \(''(.+)''\)') m
WHERE i.inhparent = 'audit.log'::regclass AND m IS NOT NULL
$whimbrel$;
REVOKE ALL ON FUNCTION audit.partitions() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.add_partition(moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
    unit text := substring(obj_description('audit.log'::regclass, 'pg_class') FROM '^Partitioned by (\w+)$');
    start timestamptz := date_trunc(unit, moment);
    stop timestamptz := start + ('1 ' || unit)::interval;
    name text;
BEGIN
    IF EXISTS (SELECT FROM audit.partitions() p WHERE p.low <= moment AND p.high > moment) THEN
        RETURN;
    END IF;
    LOCK TABLE audit.log IN ACCESS EXCLUSIVE MODE;
    start := greatest(start, (SELECT max(p.high) FROM audit.partitions() p WHERE p.high <= moment));
    stop := least(stop, (SELECT min(p.low) FROM audit.partitions() p WHERE p.low > moment));
    name := 'log_' || to_char(start, 'YYYYMMDD');
    EXECUTE format('CREATE TABLE audit.%I (LIKE audit.log INCLUDING DEFAULTS)', name);
    PERFORM set_config('whimbrel.audit_retention', 'on', true);
    EXECUTE format('WITH moved AS (DELETE FROM audit.log_default WHERE at >= %L AND at < %L RETURNING *)
        INSERT INTO audit.%I (id, at, xid, operation, model, table_name, row_id, old, new, db_user, context)
        SELECT id, at, xid, operation, model, table_name, row_id, old, new, db_user, context FROM moved', start, stop, name);
    PERFORM set_config('whimbrel.audit_retention', 'off', true);
    EXECUTE format('ALTER TABLE audit.log ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', name, start, stop);
    PERFORM audit.guard(format('audit.%I', name)::regclass);
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.add_partition(timestamptz) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.rotate() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
    unit text := substring(obj_description('audit.log'::regclass, 'pg_class') FROM '^Partitioned by (\w+)$');
    moment timestamptz;
    old record;
    needed boolean;
BEGIN
    IF unit IS NOT NULL THEN
        FOR moment IN
            SELECT DISTINCT date_trunc(unit, l.at) FROM audit.log_default l
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
    PERFORM set_config('whimbrel.audit_retention', 'on', true);
    DELETE FROM audit.log l USING audit.retention r WHERE r.model = l.model AND l.at < now() - r.keep;
    FOR old IN SELECT r.history, r.keep FROM audit.retention r WHERE r.history IS NOT NULL LOOP
        EXECUTE format('DELETE FROM audit.%I WHERE at < now() - %L::interval', old.history, old.keep);
    END LOOP;
    PERFORM set_config('whimbrel.audit_retention', 'off', true);
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.rotate() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.partition_by(unit text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
    stop timestamptz;
    last bigint;
    granted record;
    part regclass;
BEGIN
    IF unit = 'none' THEN
        COMMENT ON TABLE audit.log IS NULL;
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM pg_class WHERE oid = 'audit.log'::regclass AND relkind = 'r') THEN
        LOCK TABLE audit.log IN ACCESS EXCLUSIVE MODE;
        last := coalesce(pg_sequence_last_value(pg_get_serial_sequence('audit.log', 'id')::regclass), 0);
        SELECT date_trunc(unit, greatest(now(), max(l.at))) + ('1 ' || unit)::interval INTO stop FROM audit.log l;
        ALTER TABLE audit.log ALTER id DROP IDENTITY, DROP CONSTRAINT IF EXISTS log_pkey;
        DROP INDEX IF EXISTS audit.log_model_row_id_idx;
        DROP INDEX IF EXISTS audit.log_at_idx;
        ALTER INDEX IF EXISTS audit.log_at_row_id_idx RENAME TO log_before_at_row_id_idx;
        ALTER TABLE audit.log RENAME TO log_before;
        CREATE TABLE audit.log (LIKE audit.log_before INCLUDING DEFAULTS) PARTITION BY RANGE (at);
        ALTER TABLE audit.log ALTER id ADD GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (id, at);
        EXECUTE format('ALTER TABLE audit.log ALTER id RESTART WITH %s', last + 1);
        CREATE INDEX log_at_row_id_idx ON audit.log USING brin (at, pg_catalog.jsonb_hash(row_id) pg_catalog.int4_bloom_ops (n_distinct_per_range = 4000))
    WITH (pages_per_range = 64, autosummarize = on);
        CREATE TABLE audit.log_default PARTITION OF audit.log DEFAULT;
        FOR granted IN
            SELECT a.privilege_type AS privilege, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS grantee
            FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = 'audit.log_before'::regclass AND a.grantee <> c.relowner
        LOOP
            EXECUTE format('GRANT %s ON audit.log TO %s', granted.privilege, granted.grantee);
        END LOOP;
        IF last = 0 AND NOT EXISTS (SELECT FROM audit.log_before) THEN
            DROP TABLE audit.log_before;
        ELSE
            EXECUTE format('ALTER TABLE audit.log ATTACH PARTITION audit.log_before FOR VALUES FROM (MINVALUE) TO (%L)', stop);
        END IF;
    END IF;
    EXECUTE format('COMMENT ON TABLE audit.log IS %L', 'Partitioned by ' || unit);
    PERFORM audit.rotate();
    PERFORM audit.guard('audit.log');
    PERFORM audit.guard(i.inhrelid) FROM pg_inherits i WHERE i.inhparent = 'audit.log'::regclass;
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.partition_by(text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.history_part(history text, part text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
SELECT 'history_' || left(md5(history), 12) || '_' || part
$whimbrel$;
REVOKE ALL ON FUNCTION audit.history_part(text, text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.index_history(history text, keys text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
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
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.index_history(text, text[]) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.drop_empty_history_column(history text, name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
    used boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM audit.%I WHERE %I IS NOT NULL)', history, name) INTO used;
    IF NOT used THEN
        EXECUTE format('ALTER TABLE audit.%I DROP %I', history, name);
    END IF;
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.drop_empty_history_column(text, text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.make_history(history text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS audit.%1$I (
        history_id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME audit.%2$I) CONSTRAINT %3$I PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        operation text NOT NULL,
        db_user text NOT NULL DEFAULT session_user,
        context jsonb,
        old_row_id jsonb)', history, audit.history_part(history, 'seq'), audit.history_part(history, 'pkey'));
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON audit.%I USING brin (at)', audit.history_part(history, 'at_idx'), history);
    PERFORM audit.guard(format('audit.%I', history)::regclass);
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.make_history(text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.make_history_column(history text, name text, type text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
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
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.make_history_column(text, text, text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.unused_history_name(history text, name text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
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
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.unused_history_name(text, text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.rename_history(history text, new_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
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
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.rename_history(text, text) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.rename_history_columns(history text, old_names text[], new_names text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
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
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.rename_history_columns(text, text[], text[]) FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit.drop_empty_history(history text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $whimbrel$
DECLARE
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
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.drop_empty_history(text) FROM PUBLIC;
SELECT audit.partition_by('month');
CREATE FUNCTION audit.item_c9203a16() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
<<audit>>
DECLARE
    setting text := nullif(current_setting('whimbrel.audit_context', true), '');
    context jsonb;
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        PERFORM set_config('whimbrel.audit_keys_changed', 'on', true);
        RETURN NULL;
    END IF;
    IF setting IS NOT NULL THEN
        BEGIN
            context := setting::jsonb;
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            context := to_jsonb(setting);
        END;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit.log (operation, model, table_name, context, row_id, new) SELECT 'INSERT', 'shop.item', 'item', audit.context, ('{"id":' || n.id || '}')::jsonb, to_jsonb(whole)
        FROM new_rows AS n
        CROSS JOIN LATERAL (SELECT n.id, n.doc, n.name) AS whole;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit.log (operation, model, table_name, context, row_id, old) SELECT 'DELETE', 'shop.item', 'item', audit.context, ('{"id":' || o.id || '}')::jsonb, to_jsonb(whole)
        FROM old_rows AS o
        CROSS JOIN LATERAL (SELECT o.id, o.doc, o.name) AS whole;
    ELSIF TG_OP = 'TRUNCATE' THEN
        INSERT INTO audit.log (operation, model, table_name, context, row_id, old) SELECT 'TRUNCATE', 'shop.item', 'item', audit.context, ('{"id":' || o.id || '}')::jsonb, to_jsonb(whole)
        FROM public.item AS o
        CROSS JOIN LATERAL (SELECT o.id, o.doc, o.name) AS whole;
    ELSIF current_setting('whimbrel.audit_keys_changed', true) = 'on' THEN
        INSERT INTO audit.log (operation, model, table_name, context, row_id, old, new) SELECT 'UPDATE', 'shop.item', 'item', audit.context, p.row_id, p.old::jsonb, p.new::jsonb
        FROM (SELECT ('{"id":' || (n.r).id || '}')::jsonb AS row_id,
            '{' || substr(concat(CASE WHEN (o.r).id IS DISTINCT FROM (n.r).id THEN ',"id":' || coalesce((o.r).id::text, 'null') END,
                CASE WHEN (o.r).doc::text IS DISTINCT FROM (n.r).doc::text THEN ',"doc":' || coalesce(to_json((o.r).doc)::text, 'null') END,
                CASE WHEN (o.r).name IS DISTINCT FROM (n.r).name THEN ',"name":' || coalesce(to_json((o.r).name)::text, 'null') END), 2) || '}' AS old,
            '{' || substr(concat(CASE WHEN (o.r).id IS DISTINCT FROM (n.r).id THEN ',"id":' || coalesce((n.r).id::text, 'null') END,
                CASE WHEN (o.r).doc::text IS DISTINCT FROM (n.r).doc::text THEN ',"doc":' || coalesce(to_json((n.r).doc)::text, 'null') END,
                CASE WHEN (o.r).name IS DISTINCT FROM (n.r).name THEN ',"name":' || coalesce(to_json((n.r).name)::text, 'null') END), 2) || '}' AS new
        FROM (SELECT row_number() OVER (), r FROM old_rows AS r) AS o(place, r)
        JOIN (SELECT row_number() OVER (), r FROM new_rows AS r) AS n(place, r) ON n.place = o.place OFFSET 0) AS p
        WHERE p.old <> '{}';
    ELSE
        INSERT INTO audit.log (operation, model, table_name, context, row_id, old, new) SELECT 'UPDATE', 'shop.item', 'item', audit.context, p.row_id, p.old::jsonb, p.new::jsonb
        FROM (SELECT ('{"id":' || n.id || '}')::jsonb AS row_id,
            '{' || substr(concat(CASE WHEN o.doc::text IS DISTINCT FROM n.doc::text THEN ',"doc":' || coalesce(to_json(o.doc)::text, 'null') END,
                CASE WHEN o.name IS DISTINCT FROM n.name THEN ',"name":' || coalesce(to_json(o.name)::text, 'null') END), 2) || '}' AS old,
            '{' || substr(concat(CASE WHEN o.doc::text IS DISTINCT FROM n.doc::text THEN ',"doc":' || coalesce(to_json(n.doc)::text, 'null') END,
                CASE WHEN o.name IS DISTINCT FROM n.name THEN ',"name":' || coalesce(to_json(n.name)::text, 'null') END), 2) || '}' AS new
        FROM old_rows AS o FULL JOIN new_rows AS n ON n.id = o.id OFFSET 0) AS p
        WHERE p.old <> '{}';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.item_c9203a16() FROM PUBLIC;
COMMENT ON FUNCTION audit.item_c9203a16() IS '{"columns":{"doc":"doc","id":"id","name":"name"},"context":"whimbrel.audit_context","excluded":[],"key":["id"],"masked":[],"model":"shop.item","schema":"public","storage":"log","table":"item","truncate":"rows"}';
CREATE TRIGGER audit_item_c9203a16_i AFTER INSERT ON public.item
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.item_c9203a16();
CREATE TRIGGER audit_item_c9203a16_u AFTER UPDATE ON public.item
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.item_c9203a16();
CREATE TRIGGER audit_item_c9203a16_d AFTER DELETE ON public.item
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.item_c9203a16();
CREATE TRIGGER audit_item_c9203a16_t BEFORE TRUNCATE ON public.item
    FOR EACH STATEMENT EXECUTE FUNCTION audit.item_c9203a16();
CREATE TRIGGER audit_item_c9203a16_k AFTER UPDATE ON public.item
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION audit.item_c9203a16();
SELECT audit.make_history('kept_history');
SELECT audit.make_history_column('kept_history', 'at_', 'text');
SELECT audit.make_history_column('kept_history', 'id', 'bigint');
SELECT audit.make_history_column('kept_history', 'place', 'text');
SELECT audit.index_history('kept_history', ARRAY['id']::text[]);
INSERT INTO audit.retention (model, keep, history) VALUES ('shop.kept', '2 years', 'kept_history')
ON CONFLICT (model) DO UPDATE SET keep = excluded.keep, history = excluded.history;
CREATE FUNCTION audit.kept_c30b99e0() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $whimbrel$
<<audit>>
DECLARE
    setting text := nullif(current_setting('whimbrel.audit_context', true), '');
    context jsonb;
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        PERFORM set_config('whimbrel.audit_keys_changed', 'on', true);
        RETURN NULL;
    END IF;
    IF setting IS NOT NULL THEN
        BEGIN
            context := setting::jsonb;
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            context := to_jsonb(setting);
        END;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit.kept_history (operation, context, at_, id, place)
        SELECT 'INSERT', audit.context, n.at, n.id, n.place
        FROM new_rows AS n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit.kept_history (operation, context, at_, id, place)
        SELECT 'DELETE', audit.context, o.at, o.id, o.place
        FROM old_rows AS o;
    ELSIF TG_OP = 'TRUNCATE' THEN
        INSERT INTO audit.kept_history (operation, context) VALUES ('TRUNCATE', audit.context);
    ELSIF current_setting('whimbrel.audit_keys_changed', true) = 'on' THEN
        INSERT INTO audit.kept_history (operation, context, old_row_id, at_, id, place)
        SELECT 'UPDATE', audit.context, CASE WHEN (o.r).id IS DISTINCT FROM (n.r).id THEN ('{"id":' || (o.r).id || '}')::jsonb END, (n.r).at, (n.r).id, (n.r).place
        FROM (SELECT row_number() OVER (), r FROM old_rows AS r) AS o(place, r)
        JOIN (SELECT row_number() OVER (), r FROM new_rows AS r) AS n(place, r) ON n.place = o.place
        WHERE (o.r).at IS DISTINCT FROM (n.r).at OR (o.r).id IS DISTINCT FROM (n.r).id OR (o.r).place IS DISTINCT FROM (n.r).place;
    ELSE
        INSERT INTO audit.kept_history (operation, context, at_, id, place)
        SELECT 'UPDATE', audit.context, n.at, n.id, n.place
        FROM old_rows AS o FULL JOIN new_rows AS n ON n.id = o.id
        WHERE o.at IS DISTINCT FROM n.at OR o.place IS DISTINCT FROM n.place;
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.kept_c30b99e0() FROM PUBLIC;
COMMENT ON FUNCTION audit.kept_c30b99e0() IS '{"columns":{"at":"at_","id":"id","place":"place"},"context":"whimbrel.audit_context","excluded":[],"history":"kept_history","key":["id"],"masked":[],"model":"shop.kept","schema":"public","storage":"history","table":"kept"}';
COMMENT ON TABLE audit.kept_history IS '{"columns":{"at":"at_","id":"id","place":"place"},"context":"whimbrel.audit_context","excluded":[],"history":"kept_history","key":["id"],"masked":[],"model":"shop.kept","schema":"public","storage":"history","table":"kept"}';
CREATE TRIGGER audit_kept_c30b99e0_i AFTER INSERT ON public.kept
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.kept_c30b99e0();
CREATE TRIGGER audit_kept_c30b99e0_u AFTER UPDATE ON public.kept
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.kept_c30b99e0();
CREATE TRIGGER audit_kept_c30b99e0_d AFTER DELETE ON public.kept
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.kept_c30b99e0();
CREATE TRIGGER audit_kept_c30b99e0_t AFTER TRUNCATE ON public.kept
    FOR EACH STATEMENT EXECUTE FUNCTION audit.kept_c30b99e0();
CREATE TRIGGER audit_kept_c30b99e0_k AFTER UPDATE ON public.kept
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION audit.kept_c30b99e0();
CREATE FUNCTION audit.rowed_d73a2c2a() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $whimbrel$
<<audit>>
DECLARE
    setting text := nullif(current_setting('whimbrel.audit_context', true), '');
    context jsonb;
BEGIN
    IF setting IS NOT NULL THEN
        BEGIN
            context := setting::jsonb;
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            context := to_jsonb(setting);
        END;
    END IF;
    IF nullif(current_setting('app.who', true), '') IS NOT NULL THEN
        audit.context := CASE WHEN audit.context IS NULL THEN '{}' WHEN jsonb_typeof(audit.context) = 'object' THEN audit.context
            ELSE jsonb_build_object('context', audit.context) END || jsonb_build_object('actor', nullif(current_setting('app.who', true), ''));
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit.log (operation, model, table_name, context, row_id, new) SELECT 'INSERT', 'shop.rowed', 'rowed', audit.context, ('{"id":' || n.id || '}')::jsonb, to_jsonb(whole)
        FROM (SELECT NEW.*) AS n
        CROSS JOIN LATERAL (SELECT n.n, n.id) AS whole;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit.log (operation, model, table_name, context, row_id, old) SELECT 'DELETE', 'shop.rowed', 'rowed', audit.context, ('{"id":' || o.id || '}')::jsonb, to_jsonb(whole)
        FROM (SELECT OLD.*) AS o
        CROSS JOIN LATERAL (SELECT o.n, o.id) AS whole;
    ELSIF TG_OP = 'TRUNCATE' THEN
        INSERT INTO audit.log (operation, model, table_name, context) SELECT 'TRUNCATE', 'shop.rowed', 'rowed', audit.context;
    ELSE
        INSERT INTO audit.log (operation, model, table_name, context, row_id, old, new) SELECT 'UPDATE', 'shop.rowed', 'rowed', audit.context, p.row_id, p.old::jsonb, p.new::jsonb
        FROM (SELECT ('{"id":' || n.id || '}')::jsonb AS row_id,
            '{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || coalesce(to_json(o.n)::text, 'null') END,
                CASE WHEN o.id IS DISTINCT FROM n.id THEN ',"id":' || coalesce(o.id::text, 'null') END), 2) || '}' AS old,
            '{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || coalesce(to_json(n.n)::text, 'null') END,
                CASE WHEN o.id IS DISTINCT FROM n.id THEN ',"id":' || coalesce(n.id::text, 'null') END), 2) || '}' AS new
        FROM (SELECT OLD.*) AS o CROSS JOIN (SELECT NEW.*) AS n OFFSET 0) AS p
        WHERE p.old <> '{}';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION audit.rowed_d73a2c2a() FROM PUBLIC;
COMMENT ON FUNCTION audit.rowed_d73a2c2a() IS '{"actor":"app.who","columns":{"id":"id","n":"n"},"context":"whimbrel.audit_context","excluded":[],"key":["id"],"masked":[],"model":"shop.rowed","schema":"public","storage":"log","table":"rowed"}';
CREATE TRIGGER audit_rowed_d73a2c2a_r AFTER INSERT OR UPDATE OR DELETE ON public.rowed
    FOR EACH ROW EXECUTE FUNCTION audit.rowed_d73a2c2a();
CREATE TRIGGER audit_rowed_d73a2c2a_t AFTER TRUNCATE ON public.rowed
    FOR EACH STATEMENT EXECUTE FUNCTION audit.rowed_d73a2c2a();
