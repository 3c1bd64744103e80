CREATE FUNCTION public.ct_codes_a55bcde1_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[][];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "lock_codes" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.codes AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(-1520710175, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.codes AS k0
        FROM public.lock AS t0
        GROUP BY 1
        HAVING (count(*) > 1)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'lock_codes', TABLE = 'lock', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_codes_a55bcde1_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_codes_a55bcde1_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[][];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "lock_codes" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.codes AS k0 FROM (SELECT codes FROM new_rows EXCEPT ALL SELECT codes FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(-1520710175, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.codes AS k0
        FROM public.lock AS t0
        GROUP BY 1
        HAVING (count(*) > 1)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'lock_codes', TABLE = 'lock', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_codes_a55bcde1_0u() FROM PUBLIC;
CREATE TRIGGER ct_codes_a55bcde1_0i AFTER INSERT ON public.lock REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_codes_a55bcde1_0i();
CREATE TRIGGER ct_codes_a55bcde1_0u AFTER UPDATE ON public.lock REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_codes_a55bcde1_0u();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.codes AS k0
        FROM public.lock AS t0
        GROUP BY 1
        HAVING (count(*) > 1) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'lock_codes', TABLE = 'lock', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (codes) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE UNLOGGED TABLE public.ct_codes_in_bulk_efc1324d_lock (bucket integer PRIMARY KEY, holder xid8 NOT NULL) WITH (fillfactor = 50);
CREATE UNLOGGED TABLE public.ct_codes_in_bulk_efc1324d_mark (xid xid8 PRIMARY KEY, k0 integer[][]);
CREATE UNLOGGED TABLE public.ct_codes_in_bulk_efc1324d_keys (xid xid8 NOT NULL, k0 integer[][]);
CREATE INDEX ON public.ct_codes_in_bulk_efc1324d_keys (xid);
CREATE FUNCTION public.ct_codes_in_bulk_efc1324d_mark() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[][];
BEGIN
    checked.k0 := NEW.k0;
    IF EXISTS (SELECT FROM public.ct_codes_in_bulk_efc1324d_keys WHERE xid = NEW.xid) THEN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.k0 AS k0 FROM (SELECT NEW.k0 UNION ALL SELECT k0 FROM public.ct_codes_in_bulk_efc1324d_keys WHERE xid = NEW.xid) AS s(k0),
        unnest(s.k0) AS n(k0)) AS d;
        DELETE FROM public.ct_codes_in_bulk_efc1324d_keys WHERE xid = NEW.xid;
    END IF;
    INSERT INTO public.ct_codes_in_bulk_efc1324d_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.codes AS k0
        FROM public.lock AS t0
        GROUP BY 1
        HAVING (count(*) > 1)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'lock_codes_in_bulk', TABLE = 'lock', SCHEMA = 'public';
    END IF;
    DELETE FROM public.ct_codes_in_bulk_efc1324d_mark WHERE xid = NEW.xid;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_codes_in_bulk_efc1324d_mark() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_codes_in_bulk_efc1324d_mark AFTER INSERT ON public.ct_codes_in_bulk_efc1324d_mark DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_codes_in_bulk_efc1324d_mark();
CREATE FUNCTION public.ct_codes_in_bulk_efc1324d_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[][];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.codes AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_codes_in_bulk_efc1324d_mark VALUES (pg_current_xact_id(), checked.k0) ON CONFLICT (xid) DO NOTHING;
    IF NOT FOUND THEN
        INSERT INTO public.ct_codes_in_bulk_efc1324d_keys VALUES (pg_current_xact_id(), checked.k0);
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_codes_in_bulk_efc1324d_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_codes_in_bulk_efc1324d_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[][];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.codes AS k0 FROM (SELECT codes FROM new_rows EXCEPT ALL SELECT codes FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_codes_in_bulk_efc1324d_mark VALUES (pg_current_xact_id(), checked.k0) ON CONFLICT (xid) DO NOTHING;
    IF NOT FOUND THEN
        INSERT INTO public.ct_codes_in_bulk_efc1324d_keys VALUES (pg_current_xact_id(), checked.k0);
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_codes_in_bulk_efc1324d_0u() FROM PUBLIC;
CREATE TRIGGER ct_codes_in_bulk_efc1324d_0i AFTER INSERT ON public.lock REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_codes_in_bulk_efc1324d_0i();
CREATE TRIGGER ct_codes_in_bulk_efc1324d_0u AFTER UPDATE ON public.lock REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_codes_in_bulk_efc1324d_0u();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.codes AS k0
        FROM public.lock AS t0
        GROUP BY 1
        HAVING (count(*) > 1) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'lock_codes_in_bulk', TABLE = 'lock', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (codes) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE UNLOGGED TABLE public.ct_parent_of_a_statement_f2a69004_lock (bucket integer PRIMARY KEY, holder xid8 NOT NULL) WITH (fillfactor = 50);
CREATE FUNCTION public.ct_parent_of_a_statement_f2a69004_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.topping_id AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_of_a_statement_f2a69004_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.topping_id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((count(*) FILTER (WHERE (t1.name = 'Pineapple'))) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_of_a_statement', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_of_a_statement_f2a69004_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_of_a_statement_f2a69004_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.topping_id AS k0 FROM (SELECT topping_id FROM new_rows EXCEPT ALL SELECT topping_id FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_of_a_statement_f2a69004_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.topping_id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((count(*) FILTER (WHERE (t1.name = 'Pineapple'))) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_of_a_statement', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_of_a_statement_f2a69004_0u() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_of_a_statement_f2a69004_1i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.id AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_of_a_statement_f2a69004_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.topping_id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((count(*) FILTER (WHERE (t1.name = 'Pineapple'))) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_of_a_statement', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_of_a_statement_f2a69004_1i() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_of_a_statement_f2a69004_1u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.id AS k0 FROM (SELECT id, name FROM new_rows EXCEPT ALL SELECT id, name FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_of_a_statement_f2a69004_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.topping_id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((count(*) FILTER (WHERE (t1.name = 'Pineapple'))) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_of_a_statement', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_of_a_statement_f2a69004_1u() FROM PUBLIC;
CREATE TRIGGER ct_parent_of_a_statement_f2a69004_0i AFTER INSERT ON public.part REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_of_a_statement_f2a69004_0i();
CREATE TRIGGER ct_parent_of_a_statement_f2a69004_0u AFTER UPDATE ON public.part REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_of_a_statement_f2a69004_0u();
CREATE TRIGGER ct_parent_of_a_statement_f2a69004_1i AFTER INSERT ON public.topping REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_of_a_statement_f2a69004_1i();
CREATE TRIGGER ct_parent_of_a_statement_f2a69004_1u AFTER UPDATE ON public.topping REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_of_a_statement_f2a69004_1u();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.topping_id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((count(*) FILTER (WHERE (t1.name = 'Pineapple'))) > 0) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_of_a_statement', TABLE = 'part', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (topping_id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE UNLOGGED TABLE public.ct_parent_in_bulk_9c9888bc_mark (xid xid8 PRIMARY KEY);
CREATE FUNCTION public.ct_parent_in_bulk_9c9888bc_mark() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(-1667725124, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT t1.name AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((t1.name = 'Pineapple') AND (count(*) > 0))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_in_bulk', TABLE = 'part', SCHEMA = 'public';
    END IF;
    DELETE FROM public.ct_parent_in_bulk_9c9888bc_mark WHERE xid = NEW.xid;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_in_bulk_9c9888bc_mark() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_parent_in_bulk_9c9888bc_mark AFTER INSERT ON public.ct_parent_in_bulk_9c9888bc_mark DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_parent_in_bulk_9c9888bc_mark();
CREATE FUNCTION public.ct_parent_in_bulk_9c9888bc_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF NOT EXISTS (SELECT FROM new_rows AS n) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_in_bulk_9c9888bc_mark VALUES (pg_current_xact_id()) ON CONFLICT (xid) DO NOTHING;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_in_bulk_9c9888bc_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_in_bulk_9c9888bc_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF NOT EXISTS (SELECT FROM (SELECT topping_id FROM new_rows EXCEPT ALL SELECT topping_id FROM old_rows) AS n) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_in_bulk_9c9888bc_mark VALUES (pg_current_xact_id()) ON CONFLICT (xid) DO NOTHING;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_in_bulk_9c9888bc_0u() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_in_bulk_9c9888bc_1u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF NOT EXISTS (SELECT FROM (SELECT id, name FROM new_rows EXCEPT ALL SELECT id, name FROM old_rows) AS n) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_parent_in_bulk_9c9888bc_mark VALUES (pg_current_xact_id()) ON CONFLICT (xid) DO NOTHING;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_in_bulk_9c9888bc_1u() FROM PUBLIC;
CREATE TRIGGER ct_parent_in_bulk_9c9888bc_0i AFTER INSERT ON public.part REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_in_bulk_9c9888bc_0i();
CREATE TRIGGER ct_parent_in_bulk_9c9888bc_0u AFTER UPDATE ON public.part REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_in_bulk_9c9888bc_0u();
CREATE TRIGGER ct_parent_in_bulk_9c9888bc_1u AFTER UPDATE ON public.topping REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_parent_in_bulk_9c9888bc_1u();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t1.name AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        GROUP BY 1
        HAVING ((t1.name = 'Pineapple') AND (count(*) > 0)) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_in_bulk', TABLE = 'part', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (t1.name) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_parent_dd0fb0cc_0n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(-586174260, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit'))
        ) AS q WHERE q.k0 = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_dd0fb0cc_0n() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_dd0fb0cc_1n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(-586174260, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0, t0.topping_id AS link
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit'))
        ) AS q WHERE q.link = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_dd0fb0cc_1n() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_dd0fb0cc_2n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(-586174260, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0, t1.kind_id AS link
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit'))
        ) AS q WHERE q.link = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_dd0fb0cc_2n() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_parent_dd0fb0cc_0i AFTER INSERT ON public.part DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_parent_dd0fb0cc_0n();
CREATE CONSTRAINT TRIGGER ct_parent_dd0fb0cc_0u AFTER UPDATE ON public.part DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.topping_id IS DISTINCT FROM NEW.topping_id) EXECUTE FUNCTION public.ct_parent_dd0fb0cc_0n();
CREATE CONSTRAINT TRIGGER ct_parent_dd0fb0cc_1u AFTER UPDATE ON public.topping DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.kind_id IS DISTINCT FROM NEW.kind_id OR OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION public.ct_parent_dd0fb0cc_1n();
CREATE CONSTRAINT TRIGGER ct_parent_dd0fb0cc_2u AFTER UPDATE ON public.kind DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION public.ct_parent_dd0fb0cc_2n();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit')) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent', TABLE = 'part', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_parent_at_once_01897e9d_0n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_at_once" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(25788061, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit'))
        ) AS q WHERE q.k0 = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_at_once', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_at_once_01897e9d_0n() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_at_once_01897e9d_1n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_at_once" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(25788061, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0, t0.topping_id AS link
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit'))
        ) AS q WHERE q.link = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_at_once', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_at_once_01897e9d_1n() FROM PUBLIC;
CREATE FUNCTION public.ct_parent_at_once_01897e9d_2n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "part_parent_at_once" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(25788061, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0, t1.kind_id AS link
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit'))
        ) AS q WHERE q.link = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_at_once', TABLE = 'part', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_parent_at_once_01897e9d_2n() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_parent_at_once_01897e9d_0i AFTER INSERT ON public.part NOT DEFERRABLE
    FOR EACH ROW EXECUTE FUNCTION public.ct_parent_at_once_01897e9d_0n();
CREATE CONSTRAINT TRIGGER ct_parent_at_once_01897e9d_0u AFTER UPDATE ON public.part NOT DEFERRABLE
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.topping_id IS DISTINCT FROM NEW.topping_id) EXECUTE FUNCTION public.ct_parent_at_once_01897e9d_0n();
CREATE CONSTRAINT TRIGGER ct_parent_at_once_01897e9d_1i AFTER INSERT ON public.topping NOT DEFERRABLE
    FOR EACH ROW EXECUTE FUNCTION public.ct_parent_at_once_01897e9d_1n();
CREATE CONSTRAINT TRIGGER ct_parent_at_once_01897e9d_1u AFTER UPDATE ON public.topping NOT DEFERRABLE
    FOR EACH ROW WHEN (OLD.kind_id IS DISTINCT FROM NEW.kind_id OR OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION public.ct_parent_at_once_01897e9d_1n();
CREATE CONSTRAINT TRIGGER ct_parent_at_once_01897e9d_2i AFTER INSERT ON public.kind NOT DEFERRABLE
    FOR EACH ROW EXECUTE FUNCTION public.ct_parent_at_once_01897e9d_2n();
CREATE CONSTRAINT TRIGGER ct_parent_at_once_01897e9d_2u AFTER UPDATE ON public.kind NOT DEFERRABLE
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION public.ct_parent_at_once_01897e9d_2n();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.part AS t0
        LEFT JOIN public.topping AS t1 ON t1.id = t0.topping_id
        LEFT JOIN public.kind AS t2 ON t2.id = t1.kind_id
        WHERE ((t1.name = 'Pineapple') AND (t2.name = 'fruit')) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'part_parent_at_once', TABLE = 'part', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_bare_a14ce802_0n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "pizza_bare" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(-1588795390, -1) IS NULL THEN RETURN NULL; END IF;
    IF pg_advisory_xact_lock(-1588795390, (hash_record_extended(ROW(NEW.id), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        WHERE ((t1.pizza_id IS NULL) AND (NOT (exists(SELECT FROM public.closed AS t2 WHERE (true)))))
        ) AS q WHERE q.k0 = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_a14ce802_0n() FROM PUBLIC;
CREATE FUNCTION public.ct_bare_a14ce802_1n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "pizza_bare" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(-1588795390, -1) IS NULL THEN RETURN NULL; END IF;
    IF pg_advisory_xact_lock(-1588795390, (hash_record_extended(ROW(NEW.pizza_id), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        WHERE ((t1.pizza_id IS NULL) AND (NOT (exists(SELECT FROM public.closed AS t2 WHERE (true)))))
        ) AS q WHERE q.k0 = NEW.pizza_id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_a14ce802_1n() FROM PUBLIC;
CREATE FUNCTION public.ct_bare_a14ce802_1o() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "pizza_bare" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(-1588795390, -1) IS NULL THEN RETURN NULL; END IF;
    IF pg_advisory_xact_lock(-1588795390, (hash_record_extended(ROW(OLD.pizza_id), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        WHERE ((t1.pizza_id IS NULL) AND (NOT (exists(SELECT FROM public.closed AS t2 WHERE (true)))))
        ) AS q WHERE q.k0 = OLD.pizza_id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_a14ce802_1o() FROM PUBLIC;
CREATE FUNCTION public.ct_bare_a14ce802_all() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "pizza_bare" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        WHERE ((t1.pizza_id IS NULL) AND (NOT (exists(SELECT FROM public.closed AS t2 WHERE (true)))))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_a14ce802_all() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_0i AFTER INSERT ON public.pizza DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_bare_a14ce802_0n();
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_0u AFTER UPDATE ON public.pizza DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION public.ct_bare_a14ce802_0n();
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_1i AFTER INSERT ON public.slice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_bare_a14ce802_1n();
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_1u AFTER UPDATE ON public.slice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.pizza_id IS DISTINCT FROM NEW.pizza_id) EXECUTE FUNCTION public.ct_bare_a14ce802_1n();
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_1m AFTER UPDATE ON public.slice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.pizza_id IS DISTINCT FROM NEW.pizza_id) EXECUTE FUNCTION public.ct_bare_a14ce802_1o();
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_1d AFTER DELETE ON public.slice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_bare_a14ce802_1o();
CREATE TRIGGER ct_bare_a14ce802_1t AFTER TRUNCATE ON public.slice FOR EACH STATEMENT EXECUTE FUNCTION public.ct_bare_a14ce802_all();
CREATE CONSTRAINT TRIGGER ct_bare_a14ce802_2d AFTER DELETE ON public.closed DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_bare_a14ce802_all();
CREATE TRIGGER ct_bare_a14ce802_2t AFTER TRUNCATE ON public.closed FOR EACH STATEMENT EXECUTE FUNCTION public.ct_bare_a14ce802_all();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        WHERE ((t1.pizza_id IS NULL) AND (NOT (exists(SELECT FROM public.closed AS t2 WHERE (true))))) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare', TABLE = 'pizza', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE UNLOGGED TABLE public.ct_bare_of_a_statement_b6cd37c5_lock (bucket integer PRIMARY KEY, holder xid8 NOT NULL) WITH (fillfactor = 50);
CREATE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.id AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_bare_of_a_statement_b6cd37c5_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        GROUP BY 1
        HAVING (count(t1.pizza_id) > 3)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare_of_a_statement', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_of_a_statement_b6cd37c5_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.id AS k0 FROM (SELECT id FROM new_rows EXCEPT ALL SELECT id FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_bare_of_a_statement_b6cd37c5_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        GROUP BY 1
        HAVING (count(t1.pizza_id) > 3)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare_of_a_statement', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_of_a_statement_b6cd37c5_0u() FROM PUBLIC;
CREATE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_1i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.pizza_id AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_bare_of_a_statement_b6cd37c5_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        GROUP BY 1
        HAVING (count(t1.pizza_id) > 3)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare_of_a_statement', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_of_a_statement_b6cd37c5_1i() FROM PUBLIC;
CREATE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_1u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.pizza_id AS k0 FROM (SELECT pizza_id FROM new_rows EXCEPT ALL SELECT pizza_id FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_bare_of_a_statement_b6cd37c5_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        GROUP BY 1
        HAVING (count(t1.pizza_id) > 3)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare_of_a_statement', TABLE = 'pizza', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_bare_of_a_statement_b6cd37c5_1u() FROM PUBLIC;
CREATE TRIGGER ct_bare_of_a_statement_b6cd37c5_0i AFTER INSERT ON public.pizza REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_0i();
CREATE TRIGGER ct_bare_of_a_statement_b6cd37c5_0u AFTER UPDATE ON public.pizza REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_0u();
CREATE TRIGGER ct_bare_of_a_statement_b6cd37c5_1i AFTER INSERT ON public.slice REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_1i();
CREATE TRIGGER ct_bare_of_a_statement_b6cd37c5_1u AFTER UPDATE ON public.slice REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_bare_of_a_statement_b6cd37c5_1u();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.pizza AS t0
        LEFT JOIN public.slice AS t1 ON t1.pizza_id = t0.id
        GROUP BY 1
        HAVING (count(t1.pizza_id) > 3) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'pizza_bare_of_a_statement', TABLE = 'pizza', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_written_dfff7d9d_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_written" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF NOT EXISTS (SELECT FROM new_rows AS n) THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock(-536904291, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (number > 2 * (SELECT avg(l.number) FROM line l))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_written', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_written_dfff7d9d_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_written_dfff7d9d_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_written" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF NOT EXISTS (SELECT FROM new_rows AS n) THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock(-536904291, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (number > 2 * (SELECT avg(l.number) FROM line l))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_written', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_written_dfff7d9d_0u() FROM PUBLIC;
CREATE TRIGGER ct_written_dfff7d9d_0i AFTER INSERT ON public.line REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_written_dfff7d9d_0i();
CREATE TRIGGER ct_written_dfff7d9d_0u AFTER UPDATE ON public.line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_written_dfff7d9d_0u();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (number > 2 * (SELECT avg(l.number) FROM line l)) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_written', TABLE = 'line', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_known_760033b0_0n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(1979724720, (hash_record_extended(ROW(NEW.sku), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true))))
        ) AS q WHERE q.k0 = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_760033b0_0n() FROM PUBLIC;
CREATE FUNCTION public.ct_known_760033b0_1o() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(1979724720, (hash_record_extended(ROW(OLD.sku), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0, t0.sku AS link
        FROM public.line AS t0
        WHERE (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true))))
        ) AS q WHERE q.link = OLD.sku
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_760033b0_1o() FROM PUBLIC;
CREATE FUNCTION public.ct_known_760033b0_all() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true))))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_760033b0_all() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_known_760033b0_0i AFTER INSERT ON public.line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_known_760033b0_0n();
CREATE CONSTRAINT TRIGGER ct_known_760033b0_0u AFTER UPDATE ON public.line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.sku IS DISTINCT FROM NEW.sku) EXECUTE FUNCTION public.ct_known_760033b0_0n();
CREATE CONSTRAINT TRIGGER ct_known_760033b0_1m AFTER UPDATE ON public.stock DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.sku IS DISTINCT FROM NEW.sku) EXECUTE FUNCTION public.ct_known_760033b0_1o();
CREATE CONSTRAINT TRIGGER ct_known_760033b0_1d AFTER DELETE ON public.stock DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_known_760033b0_1o();
CREATE TRIGGER ct_known_760033b0_1t AFTER TRUNCATE ON public.stock FOR EACH STATEMENT EXECUTE FUNCTION public.ct_known_760033b0_all();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true)))) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known', TABLE = 'line', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE UNLOGGED TABLE public.ct_known_in_bulk_cba4bd1e_mark (xid xid8 PRIMARY KEY, k0 text[]);
CREATE UNLOGGED TABLE public.ct_known_in_bulk_cba4bd1e_keys (xid xid8 NOT NULL, k0 text[]);
CREATE INDEX ON public.ct_known_in_bulk_cba4bd1e_keys (xid);
CREATE FUNCTION public.ct_known_in_bulk_cba4bd1e_mark() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 text[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    checked.k0 := NEW.k0;
    IF EXISTS (SELECT FROM public.ct_known_in_bulk_cba4bd1e_keys WHERE xid = NEW.xid) THEN
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.k0 AS k0 FROM (SELECT NEW.k0 UNION ALL SELECT k0 FROM public.ct_known_in_bulk_cba4bd1e_keys WHERE xid = NEW.xid) AS s(k0),
        unnest(s.k0) AS n(k0)) AS d;
        DELETE FROM public.ct_known_in_bulk_cba4bd1e_keys WHERE xid = NEW.xid;
    END IF;
    PERFORM pg_advisory_xact_lock(-878396130, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM unnest(checked.k0) AS n(k0) WHERE EXISTS (
        (SELECT FROM public.line AS t0
        WHERE t0.sku = n.k0 AND (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true)))) OFFSET 0)
        UNION ALL (SELECT FROM public.line AS t0
        WHERE t0.sku IS NULL AND n.k0 IS NULL AND (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true)))) OFFSET 0))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known_in_bulk', TABLE = 'line', SCHEMA = 'public';
    END IF;
    DELETE FROM public.ct_known_in_bulk_cba4bd1e_mark WHERE xid = NEW.xid;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_in_bulk_cba4bd1e_mark() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_known_in_bulk_cba4bd1e_mark AFTER INSERT ON public.ct_known_in_bulk_cba4bd1e_mark DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_known_in_bulk_cba4bd1e_mark();
CREATE FUNCTION public.ct_known_in_bulk_cba4bd1e_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 text[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.sku AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_known_in_bulk_cba4bd1e_mark VALUES (pg_current_xact_id(), checked.k0) ON CONFLICT (xid) DO NOTHING;
    IF NOT FOUND THEN
        INSERT INTO public.ct_known_in_bulk_cba4bd1e_keys VALUES (pg_current_xact_id(), checked.k0);
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_in_bulk_cba4bd1e_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_known_in_bulk_cba4bd1e_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 text[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.sku AS k0 FROM (SELECT sku FROM new_rows EXCEPT ALL SELECT sku FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_known_in_bulk_cba4bd1e_mark VALUES (pg_current_xact_id(), checked.k0) ON CONFLICT (xid) DO NOTHING;
    IF NOT FOUND THEN
        INSERT INTO public.ct_known_in_bulk_cba4bd1e_keys VALUES (pg_current_xact_id(), checked.k0);
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_in_bulk_cba4bd1e_0u() FROM PUBLIC;
CREATE FUNCTION public.ct_known_in_bulk_cba4bd1e_1m() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 text[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.sku AS k0 FROM (SELECT sku FROM old_rows EXCEPT ALL SELECT sku FROM new_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_known_in_bulk_cba4bd1e_mark VALUES (pg_current_xact_id(), checked.k0) ON CONFLICT (xid) DO NOTHING;
    IF NOT FOUND THEN
        INSERT INTO public.ct_known_in_bulk_cba4bd1e_keys VALUES (pg_current_xact_id(), checked.k0);
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_in_bulk_cba4bd1e_1m() FROM PUBLIC;
CREATE FUNCTION public.ct_known_in_bulk_cba4bd1e_1d() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 text[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.sku AS k0 FROM old_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.ct_known_in_bulk_cba4bd1e_mark VALUES (pg_current_xact_id(), checked.k0) ON CONFLICT (xid) DO NOTHING;
    IF NOT FOUND THEN
        INSERT INTO public.ct_known_in_bulk_cba4bd1e_keys VALUES (pg_current_xact_id(), checked.k0);
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_in_bulk_cba4bd1e_1d() FROM PUBLIC;
CREATE FUNCTION public.ct_known_in_bulk_cba4bd1e_all() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_known_in_bulk" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF EXISTS (
        SELECT t0.sku AS k0
        FROM public.line AS t0
        WHERE (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true))))
        GROUP BY 1
        HAVING (count(*) > 0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known_in_bulk', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_known_in_bulk_cba4bd1e_all() FROM PUBLIC;
CREATE TRIGGER ct_known_in_bulk_cba4bd1e_0i AFTER INSERT ON public.line REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_known_in_bulk_cba4bd1e_0i();
CREATE TRIGGER ct_known_in_bulk_cba4bd1e_0u AFTER UPDATE ON public.line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_known_in_bulk_cba4bd1e_0u();
CREATE TRIGGER ct_known_in_bulk_cba4bd1e_1m AFTER UPDATE ON public.stock REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_known_in_bulk_cba4bd1e_1m();
CREATE TRIGGER ct_known_in_bulk_cba4bd1e_1d AFTER DELETE ON public.stock REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_known_in_bulk_cba4bd1e_1d();
CREATE TRIGGER ct_known_in_bulk_cba4bd1e_1t AFTER TRUNCATE ON public.stock FOR EACH STATEMENT EXECUTE FUNCTION public.ct_known_in_bulk_cba4bd1e_all();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.sku AS k0
        FROM public.line AS t0
        WHERE (NOT (t0.sku IN (SELECT t1.sku FROM public.stock AS t1 WHERE t1.sku IS NOT NULL AND (true))))
        GROUP BY 1
        HAVING (count(*) > 0) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_known_in_bulk', TABLE = 'line', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (sku) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE UNLOGGED TABLE public.ct_written_rows_14796539_lock (bucket integer PRIMARY KEY, holder xid8 NOT NULL) WITH (fillfactor = 50);
CREATE FUNCTION public.ct_written_rows_14796539_all() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    INSERT INTO public.ct_written_rows_14796539_lock AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM (VALUES (0)) AS b(bucket)
        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (((t0.number <> 7) AND (sku = (SELECT max(l.sku) FROM line l))) AND (exists(SELECT FROM public.stock AS t1 WHERE (t1.number = (t0.number)))))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_written_rows', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_written_rows_14796539_all() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_written_rows_14796539_0i AFTER INSERT ON public.line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_written_rows_14796539_all();
CREATE CONSTRAINT TRIGGER ct_written_rows_14796539_0u AFTER UPDATE ON public.line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_written_rows_14796539_all();
CREATE CONSTRAINT TRIGGER ct_written_rows_14796539_1i AFTER INSERT ON public.stock DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_written_rows_14796539_all();
CREATE CONSTRAINT TRIGGER ct_written_rows_14796539_1u AFTER UPDATE ON public.stock DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_written_rows_14796539_all();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.line AS t0
        WHERE (((t0.number <> 7) AND (sku = (SELECT max(l.sku) FROM line l))) AND (exists(SELECT FROM public.stock AS t1 WHERE (t1.number = (t0.number))))) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_written_rows', TABLE = 'line', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_number_c60665ab_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_number" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.number AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(-972659285, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(-972659285, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.number AS k0
        FROM public.line AS t0
        WHERE (exists(SELECT FROM public.stock AS t1
        LEFT JOIN public.product AS t2 ON t2.id = t1.near_id WHERE ((t1.number = (t0.number)) AND (t2.near_id = (t0.id)))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_number', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_number_c60665ab_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_number_c60665ab_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_number" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.number AS k0 FROM (SELECT id, number FROM new_rows EXCEPT ALL SELECT id, number FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(-972659285, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(-972659285, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.number AS k0
        FROM public.line AS t0
        WHERE (exists(SELECT FROM public.stock AS t1
        LEFT JOIN public.product AS t2 ON t2.id = t1.near_id WHERE ((t1.number = (t0.number)) AND (t2.near_id = (t0.id)))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_number', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_number_c60665ab_0u() FROM PUBLIC;
CREATE FUNCTION public.ct_number_c60665ab_1i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_number" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT (n.number)::integer AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(-972659285, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(-972659285, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.number AS k0
        FROM public.line AS t0
        WHERE (exists(SELECT FROM public.stock AS t1
        LEFT JOIN public.product AS t2 ON t2.id = t1.near_id WHERE ((t1.number = (t0.number)) AND (t2.near_id = (t0.id)))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_number', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_number_c60665ab_1i() FROM PUBLIC;
CREATE FUNCTION public.ct_number_c60665ab_1u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 integer[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_number" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT (n.number)::integer AS k0 FROM (SELECT near_id, number FROM new_rows EXCEPT ALL SELECT near_id, number FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(-972659285, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(-972659285, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.number AS k0
        FROM public.line AS t0
        WHERE (exists(SELECT FROM public.stock AS t1
        LEFT JOIN public.product AS t2 ON t2.id = t1.near_id WHERE ((t1.number = (t0.number)) AND (t2.near_id = (t0.id)))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_number', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_number_c60665ab_1u() FROM PUBLIC;
CREATE FUNCTION public.ct_number_c60665ab_2n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "line_number" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(-972659285, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT DISTINCT t0.number AS k0
        FROM public.line AS t0
        LEFT JOIN public.stock AS t1 ON t1.number = t0.number
        WHERE t1.near_id = NEW.id
        ) AS r WHERE EXISTS (
        (SELECT FROM public.line AS t0
        WHERE t0.number = r.k0 AND (exists(SELECT FROM public.stock AS t1
        LEFT JOIN public.product AS t2 ON t2.id = t1.near_id WHERE ((t1.number = (t0.number)) AND (t2.near_id = (t0.id))))) OFFSET 0))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_number', TABLE = 'line', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_number_c60665ab_2n() FROM PUBLIC;
CREATE TRIGGER ct_number_c60665ab_0i AFTER INSERT ON public.line REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_number_c60665ab_0i();
CREATE TRIGGER ct_number_c60665ab_0u AFTER UPDATE ON public.line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_number_c60665ab_0u();
CREATE TRIGGER ct_number_c60665ab_1i AFTER INSERT ON public.stock REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_number_c60665ab_1i();
CREATE TRIGGER ct_number_c60665ab_1u AFTER UPDATE ON public.stock REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_number_c60665ab_1u();
CREATE CONSTRAINT TRIGGER ct_number_c60665ab_2i AFTER INSERT ON public.product NOT DEFERRABLE
    FOR EACH ROW EXECUTE FUNCTION public.ct_number_c60665ab_2n();
CREATE CONSTRAINT TRIGGER ct_number_c60665ab_2u AFTER UPDATE ON public.product NOT DEFERRABLE
    FOR EACH ROW WHEN (OLD.near_id IS DISTINCT FROM NEW.near_id) EXECUTE FUNCTION public.ct_number_c60665ab_2n();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.number AS k0
        FROM public.line AS t0
        WHERE (exists(SELECT FROM public.stock AS t1
        LEFT JOIN public.product AS t2 ON t2.id = t1.near_id WHERE ((t1.number = (t0.number)) AND (t2.near_id = (t0.id)))))
        GROUP BY 1
        HAVING (count(*) > 0) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'line_number', TABLE = 'line', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (number) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_tagged_4adc3a12_0n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(1255946770, -1) IS NULL THEN RETURN NULL; END IF;
    IF pg_advisory_xact_lock(1255946770, (hash_record_extended(ROW(NEW.id), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        ) AS q WHERE q.k0 = NEW.id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_4adc3a12_0n() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_4adc3a12_1n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock_shared(1255946770, -1) IS NULL THEN RETURN NULL; END IF;
    IF pg_advisory_xact_lock(1255946770, (hash_record_extended(ROW(NEW.tag_id), 0) & 255)::integer) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        ) AS q WHERE q.k0 = NEW.tag_id
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_4adc3a12_1n() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_4adc3a12_2n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(1255946770, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT DISTINCT t0.id AS k0
        FROM public.tag AS t0
        LEFT JOIN public.product AS t1 ON t1.tag_id = t0.id
        WHERE t1.id = NEW.product_id
        ) AS r WHERE EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        ) AS q WHERE q.k0 = r.k0 OFFSET 0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_4adc3a12_2n() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_4adc3a12_2o() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(1255946770, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT DISTINCT t0.id AS k0
        FROM public.tag AS t0
        LEFT JOIN public.product AS t1 ON t1.tag_id = t0.id
        WHERE t1.id = OLD.product_id
        ) AS r WHERE EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        ) AS q WHERE q.k0 = r.k0 OFFSET 0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_4adc3a12_2o() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_4adc3a12_all() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_4adc3a12_all() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_0i AFTER INSERT ON public.tag DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_tagged_4adc3a12_0n();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_0u AFTER UPDATE ON public.tag DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION public.ct_tagged_4adc3a12_0n();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_1i AFTER INSERT ON public.product DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_tagged_4adc3a12_1n();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_1u AFTER UPDATE ON public.product DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION public.ct_tagged_4adc3a12_1n();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_2i AFTER INSERT ON public.product_tags DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_tagged_4adc3a12_2n();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_2u AFTER UPDATE ON public.product_tags DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.product_id IS DISTINCT FROM NEW.product_id OR OLD.tag_id IS DISTINCT FROM NEW.tag_id) EXECUTE FUNCTION public.ct_tagged_4adc3a12_2n();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_2m AFTER UPDATE ON public.product_tags DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.product_id IS DISTINCT FROM NEW.product_id) EXECUTE FUNCTION public.ct_tagged_4adc3a12_2o();
CREATE CONSTRAINT TRIGGER ct_tagged_4adc3a12_2d AFTER DELETE ON public.product_tags DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION public.ct_tagged_4adc3a12_2o();
CREATE TRIGGER ct_tagged_4adc3a12_2t AFTER TRUNCATE ON public.product_tags FOR EACH STATEMENT EXECUTE FUNCTION public.ct_tagged_4adc3a12_all();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x')))) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged', TABLE = 'tag', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_0i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.id AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(835755874, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(835755874, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_0i() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_0u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.id AS k0 FROM (SELECT id FROM new_rows EXCEPT ALL SELECT id FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(835755874, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(835755874, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_0u() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_1i() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.tag_id AS k0 FROM new_rows AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(835755874, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(835755874, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_1i() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_1u() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
<<checked>>
DECLARE
    k0 bigint[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    SELECT array_agg(d.k0) INTO checked.k0
        FROM (SELECT DISTINCT n.tag_id AS k0 FROM (SELECT id, kind, tag_id FROM new_rows EXCEPT ALL SELECT id, kind, tag_id FROM old_rows) AS n) AS d;
    IF checked.k0 IS NULL THEN
        RETURN NULL;
    END IF;
    IF pg_advisory_xact_lock_shared(835755874, -1) IS NULL THEN RETURN NULL; END IF;
    PERFORM pg_advisory_xact_lock(835755874, b.bucket) FROM (SELECT DISTINCT (hash_record_extended(ROW(n.k0), 0) & 255)::integer AS bucket FROM unnest(checked.k0) AS n(k0) ORDER BY 1) AS b;
    IF EXISTS (
        SELECT FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        GROUP BY 1
        HAVING (count(*) > 0)
        ) AS q WHERE q.k0 = ANY (checked.k0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_1u() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_2n() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(835755874, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT DISTINCT t0.id AS k0
        FROM public.tag AS t0
        LEFT JOIN public.product AS t1 ON t1.tag_id = t0.id
        WHERE t1.id = NEW.product_id
        ) AS r WHERE EXISTS (
        (SELECT FROM public.tag AS t0
        WHERE t0.id = r.k0 AND (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x')))) OFFSET 0))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_2n() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_2o() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF pg_advisory_xact_lock(835755874, -1) IS NULL THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT FROM (
        SELECT DISTINCT t0.id AS k0
        FROM public.tag AS t0
        LEFT JOIN public.product AS t1 ON t1.tag_id = t0.id
        WHERE t1.id = OLD.product_id
        ) AS r WHERE EXISTS (
        (SELECT FROM public.tag AS t0
        WHERE t0.id = r.k0 AND (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x')))) OFFSET 0))
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_2o() FROM PUBLIC;
CREATE FUNCTION public.ct_tagged_of_a_statement_31d09f62_all() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off
AS $whimbrel$
#variable_conflict use_column
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = 'constraint "tag_tagged_of_a_statement" needs transactions at isolation level read committed',
            HINT = 'The constraint trigger''s argument "isolation" says which level it is made for.';
    END IF;
    IF EXISTS (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        GROUP BY 1
        HAVING (count(*) > 0)
    ) THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public';
    END IF;
    RETURN NULL;
END
$whimbrel$;
REVOKE ALL ON FUNCTION public.ct_tagged_of_a_statement_31d09f62_all() FROM PUBLIC;
CREATE TRIGGER ct_tagged_of_a_statement_31d09f62_0i AFTER INSERT ON public.tag REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_0i();
CREATE TRIGGER ct_tagged_of_a_statement_31d09f62_0u AFTER UPDATE ON public.tag REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_0u();
CREATE TRIGGER ct_tagged_of_a_statement_31d09f62_1i AFTER INSERT ON public.product REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_1i();
CREATE TRIGGER ct_tagged_of_a_statement_31d09f62_1u AFTER UPDATE ON public.product REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_1u();
CREATE CONSTRAINT TRIGGER ct_tagged_of_a_statement_31d09f62_2i AFTER INSERT ON public.product_tags NOT DEFERRABLE
    FOR EACH ROW EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_2n();
CREATE CONSTRAINT TRIGGER ct_tagged_of_a_statement_31d09f62_2u AFTER UPDATE ON public.product_tags NOT DEFERRABLE
    FOR EACH ROW WHEN (OLD.product_id IS DISTINCT FROM NEW.product_id OR OLD.tag_id IS DISTINCT FROM NEW.tag_id) EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_2n();
CREATE CONSTRAINT TRIGGER ct_tagged_of_a_statement_31d09f62_2m AFTER UPDATE ON public.product_tags NOT DEFERRABLE
    FOR EACH ROW WHEN (OLD.product_id IS DISTINCT FROM NEW.product_id) EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_2o();
CREATE CONSTRAINT TRIGGER ct_tagged_of_a_statement_31d09f62_2d AFTER DELETE ON public.product_tags NOT DEFERRABLE
    FOR EACH ROW EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_2o();
CREATE TRIGGER ct_tagged_of_a_statement_31d09f62_2t AFTER TRUNCATE ON public.product_tags FOR EACH STATEMENT EXECUTE FUNCTION public.ct_tagged_of_a_statement_31d09f62_all();
DO $whimbrel$
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, '(' || coalesce(q.k0::text, 'NULL') || ')' AS keys FROM (
        SELECT t0.id AS k0
        FROM public.tag AS t0
        WHERE (exists(SELECT FROM public.product AS t1
        LEFT JOIN public.product_tags AS t2 ON t2.product_id = t1.id WHERE ((t2.tag_id = (t0.id)) AND (t1.kind = 'x'))))
        GROUP BY 1
        HAVING (count(*) > 0) LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = 'REFUSED', CONSTRAINT = 'tag_tagged_of_a_statement', TABLE = 'tag', SCHEMA = 'public', HINT = 'Rows that are there already break the constraint. Mend them first.', DETAIL = 'Rows that break it have (id) = ' || checked.found || '.';
    END IF;
END
$whimbrel$;
