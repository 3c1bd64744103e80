-- The figures of docs/decisions/010, as ratios of medians of nine runs each, in turns:
--
--	createdb figures && psql -d figures -qAtf contrib/triggers/bench/figures.sql
--
-- Run it by itself: it makes tables, and drops them.
SET client_min_messages = warning;
CREATE TABLE item (id bigint PRIMARY KEY, a text, b text, c text, n integer, at timestamptz, d text, e text);
INSERT INTO item SELECT i, md5(i::text), md5((i + 1)::text), md5((i + 2)::text), i, now(), 'd' || i, 'e' || i FROM generate_series(1, 10000) i;
CREATE TABLE record (id bigserial, operation text, row_id jsonb, old jsonb, new jsonb);
CREATE TABLE timing (what text, took interval);

-- What the triggers record: fields that changed, or whole rows.
CREATE FUNCTION by_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO record (operation, row_id, old, new) SELECT 'UPDATE', jsonb_build_object('id', n.id), ('{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || o.n END, CASE WHEN o.a IS DISTINCT FROM n.a THEN ',"a":' || to_json(o.a) END), 2) || '}')::jsonb,
		('{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || n.n END, CASE WHEN o.a IS DISTINCT FROM n.a THEN ',"a":' || to_json(n.a) END), 2) || '}')::jsonb FROM (SELECT row_number() OVER () AS place, r.* FROM old_rows r) o
		FULL JOIN (SELECT row_number() OVER () AS place, r.* FROM new_rows r) n ON n.place = o.place;
	RETURN NULL; END $$;
CREATE FUNCTION by_key() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO record (operation, row_id, old, new) SELECT 'UPDATE', jsonb_build_object('id', n.id), ('{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || o.n END, CASE WHEN o.a IS DISTINCT FROM n.a THEN ',"a":' || to_json(o.a) END), 2) || '}')::jsonb,
		('{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || n.n END, CASE WHEN o.a IS DISTINCT FROM n.a THEN ',"a":' || to_json(n.a) END), 2) || '}')::jsonb FROM old_rows o FULL JOIN new_rows n ON n.id = o.id;
	RETURN NULL; END $$;
CREATE FUNCTION by_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO record (operation, row_id, old, new) SELECT 'UPDATE', jsonb_build_object('id', n.id), ('{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || o.n END, CASE WHEN o.a IS DISTINCT FROM n.a THEN ',"a":' || to_json(o.a) END), 2) || '}')::jsonb,
		('{' || substr(concat(CASE WHEN o.n IS DISTINCT FROM n.n THEN ',"n":' || n.n END, CASE WHEN o.a IS DISTINCT FROM n.a THEN ',"a":' || to_json(n.a) END), 2) || '}')::jsonb FROM (SELECT OLD.*) o CROSS JOIN (SELECT NEW.*) n;
	RETURN NULL; END $$;
CREATE FUNCTION whole() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO record (operation, row_id, old, new) SELECT 'UPDATE', jsonb_build_object('id', w.id),
		to_jsonb(o) - 'place', to_jsonb(w) - 'place' FROM (SELECT row_number() OVER () AS place, r.* FROM old_rows r) o FULL JOIN (SELECT row_number() OVER () AS place, r.* FROM new_rows r) w ON w.place = o.place;
	RETURN NULL; END $$;

CREATE PROCEDURE timed(what text, sql text) LANGUAGE plpgsql AS $$ DECLARE began timestamptz := clock_timestamp(); BEGIN
	EXECUTE sql;
	INSERT INTO timing VALUES (what, clock_timestamp() - began);
END $$;
CREATE FUNCTION ratio(one text, other text) RETURNS numeric LANGUAGE sql AS $$
	SELECT round((extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE what = one))
		/ extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE what = other)))::numeric, 2) FROM timing $$;

DO $$ DECLARE how text; BEGIN
	FOR i IN 1..9 LOOP
		FOREACH how IN ARRAY ARRAY['by_order', 'by_key', 'by_row', 'whole'] LOOP
			EXECUTE 'CREATE TRIGGER t AFTER UPDATE ON item ' || CASE how WHEN 'by_row' THEN 'FOR EACH ROW' ELSE 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT' END
				|| ' EXECUTE FUNCTION ' || how || '()';
			TRUNCATE record;
			CALL timed(how, 'UPDATE item SET n = n + 1');
			IF i = 1 AND how IN ('by_order', 'whole') THEN
				EXECUTE format('CREATE TABLE room_%s AS SELECT pg_total_relation_size(''record'') AS bytes', how);
			END IF;
			DROP TRIGGER t ON item;
		END LOOP;
	END LOOP;
END $$;
SELECT 'triggers for rows, in times of one for the statement: ' || ratio('by_row', 'by_order');
SELECT 'pairing by order, in times of by key: ' || ratio('by_order', 'by_key');
SELECT 'recording what changed, in times of whole rows: ' || ratio('by_order', 'whole');
SELECT 'its room, in times of that of whole rows: ' || round(c.bytes::numeric / w.bytes, 2) FROM room_by_order c, room_whole w;

-- What an index adds to the cost of a record.
CREATE TABLE source AS SELECT 'UPDATE' AS operation, jsonb_build_object('id', (i * 7919) % 1000003) AS row_id, '{"n": 1}'::jsonb AS old, '{"n": 2}'::jsonb AS new FROM generate_series(1, 20000) i;
DO $$ DECLARE how text; BEGIN
	FOR i IN 1..9 LOOP
		FOREACH how IN ARRAY ARRAY['none', 'brin', 'hashes', 'keys'] LOOP
			TRUNCATE record;
			EXECUTE CASE how WHEN 'brin' THEN 'CREATE INDEX x ON record USING brin (hashtext(row_id::text)) WITH (pages_per_range = 16)'
				WHEN 'hashes' THEN 'CREATE INDEX x ON record (hashtext(row_id::text))' WHEN 'keys' THEN 'CREATE INDEX x ON record (row_id)' ELSE 'SELECT 1' END;
			INSERT INTO record (operation, row_id, old, new) SELECT operation, jsonb_build_object('id', k), old, new FROM source, generate_series(1, 10) k;
			CALL timed(how, 'INSERT INTO record (operation, row_id, old, new) SELECT * FROM source');
			DROP INDEX IF EXISTS x;
		END LOOP;
	END LOOP;
END $$;
SELECT 'a record with an index, in times of one without: BRIN of hashes ' || ratio('brin', 'none') || ', B-tree of hashes ' || ratio('hashes', 'none') || ', B-tree of keys ' || ratio('keys', 'none');

-- What it costs to read the identifier of the cluster.
DO $$ DECLARE began timestamptz; BEGIN
	FOR i IN 1..9 LOOP
		began := clock_timestamp();
		FOR j IN 1..1000 LOOP PERFORM system_identifier FROM pg_control_system(); END LOOP;
		INSERT INTO timing VALUES ('identifier', clock_timestamp() - began);
		began := clock_timestamp();
		FOR j IN 1..1000 LOOP PERFORM 1; END LOOP;
		INSERT INTO timing VALUES ('nothing', clock_timestamp() - began);
	END LOOP;
END $$;
SELECT 'the identifier of the cluster, in microseconds: ' || round((extract(epoch FROM
	percentile_disc(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE what = 'identifier') - percentile_disc(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE what = 'nothing')) * 1000)::numeric, 1) FROM timing;
DROP TABLE item, record, timing, source, room_by_order, room_whole CASCADE;
DROP PROCEDURE timed;
DROP FUNCTION ratio, by_order, by_key, by_row, whole;
