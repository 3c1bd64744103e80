package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A setup returns the SQL that puts triggers on a table.
type setup func(table string) (string, error)

func none(string) (string, error) { return "", nil }

// naive is a deferred constraint trigger that runs the whole query for each row,
// as django_constraint_triggers does.
func naive(table string) (string, error) {
	return strings.ReplaceAll(`
CREATE FUNCTION @_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT pizza_id FROM @ GROUP BY pizza_id HAVING count(topping_id) > 5) THEN
        RAISE check_violation USING MESSAGE = 'Too many.';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER @_check AFTER INSERT OR UPDATE ON @ DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION @_check();`, "@", table), nil
}

// generic is a row trigger that makes jsonb of whole rows and finds out at run
// time what changed, the common design of audit triggers since 2ndQuadrant's.
func generic(table string) (string, error) {
	return strings.ReplaceAll(`
CREATE TABLE @_log (id bigserial PRIMARY KEY, schema_name text NOT NULL, table_name text NOT NULL, relid oid NOT NULL,
    session_user_name text, stamp_tx timestamptz NOT NULL, stamp_statement timestamptz NOT NULL, stamp_clock timestamptz NOT NULL,
    transaction_id bigint, application_name text, client_addr inet, client_query text, action text NOT NULL,
    row_data jsonb, changed_fields jsonb, statement_only boolean NOT NULL);
CREATE INDEX ON @_log (relid);
CREATE INDEX ON @_log (stamp_statement);
CREATE INDEX ON @_log (action);
CREATE FUNCTION @_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    changed jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(n.key, n.value) INTO changed FROM jsonb_each(new_row) n WHERE n.value IS DISTINCT FROM old_row -> n.key;
        IF changed IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO @_log (schema_name, table_name, relid, session_user_name, stamp_tx, stamp_statement, stamp_clock, transaction_id,
        application_name, client_addr, client_query, action, row_data, changed_fields, statement_only)
    VALUES (TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_RELID, session_user, current_timestamp, statement_timestamp(), clock_timestamp(),
        txid_current(), current_setting('application_name'), inet_client_addr(), current_query(), substring(TG_OP, 1, 1),
        coalesce(old_row, new_row), changed, false);
    RETURN NULL;
END $$;
CREATE TRIGGER @_audit AFTER INSERT OR UPDATE OR DELETE ON @ FOR EACH ROW EXECUTE FUNCTION @_audit();`, "@", table), nil
}

// hstore is a row trigger that keeps the old row and the difference to the new
// one as hstore, with the text of the statement, as 2ndQuadrant's does.
func hstore(table string) (string, error) {
	return strings.ReplaceAll(`
CREATE TABLE @_log (event_id bigserial PRIMARY KEY, schema_name text NOT NULL, table_name text NOT NULL, relid oid NOT NULL,
    session_user_name text, action_tstamp_tx timestamptz NOT NULL, action_tstamp_stm timestamptz NOT NULL, action_tstamp_clk timestamptz NOT NULL,
    transaction_id bigint, application_name text, client_addr inet, client_port integer, client_query text, action text NOT NULL,
    row_data public.hstore, changed_fields public.hstore, statement_only boolean NOT NULL);
CREATE INDEX ON @_log (relid);
CREATE INDEX ON @_log (action_tstamp_stm);
CREATE INDEX ON @_log (action);
CREATE FUNCTION @_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    row_data hstore := CASE WHEN TG_OP = 'INSERT' THEN hstore(NEW.*) ELSE hstore(OLD.*) END;
    changed hstore;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        changed := hstore(NEW.*) - row_data;
        IF changed = hstore('') THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO @_log (schema_name, table_name, relid, session_user_name, action_tstamp_tx, action_tstamp_stm, action_tstamp_clk,
        transaction_id, application_name, client_addr, client_port, client_query, action, row_data, changed_fields, statement_only)
    VALUES (TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_RELID, session_user, current_timestamp, statement_timestamp(), clock_timestamp(),
        txid_current(), current_setting('application_name'), inet_client_addr(), inet_client_port(), current_query(),
        substring(TG_OP, 1, 1), row_data, changed, false);
    RETURN NULL;
END $$;
CREATE TRIGGER @_audit AFTER INSERT OR UPDATE OR DELETE ON @ FOR EACH ROW EXECUTE FUNCTION @_audit();`, "@", table), nil
}

// lookups is a row trigger that looks the primary key up in the catalog for each
// row and makes an id of it, as supa_audit does.
func lookups(table string) (string, error) {
	return strings.ReplaceAll(`
CREATE TABLE @_log (id bigserial PRIMARY KEY, record_id uuid, old_record_id uuid, op text NOT NULL, ts timestamptz NOT NULL DEFAULT now(),
    table_oid oid NOT NULL, table_schema name NOT NULL, table_name name NOT NULL, record jsonb, old_record jsonb);
CREATE INDEX ON @_log USING brin (ts);
CREATE INDEX ON @_log (table_oid);
CREATE INDEX ON @_log (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX ON @_log (old_record_id) WHERE old_record_id IS NOT NULL;
CREATE FUNCTION @_key(entity oid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT coalesce(array_agg(a.attname::text ORDER BY a.attname), '{}') FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = entity AND i.indisprimary $$;
CREATE FUNCTION @_record(entity oid, keys text[], record jsonb) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN record IS NULL THEN NULL WHEN keys = '{}' THEN gen_random_uuid()
    ELSE (SELECT md5(jsonb_agg(record -> k ORDER BY k)::text || entity::text)::uuid FROM unnest(keys) x(k)) END $$;
CREATE FUNCTION @_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    keys text[] := @_key(TG_RELID);
    new_row jsonb := to_jsonb(NEW);
    old_row jsonb := to_jsonb(OLD);
BEGIN
    INSERT INTO @_log (record_id, old_record_id, op, table_oid, table_schema, table_name, record, old_record)
    SELECT @_record(TG_RELID, keys, new_row), @_record(TG_RELID, keys, old_row), TG_OP, TG_RELID, TG_TABLE_SCHEMA, TG_TABLE_NAME,
        new_row, old_row;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER @_audit AFTER INSERT OR UPDATE OR DELETE ON @ FOR EACH ROW EXECUTE FUNCTION @_audit();`, "@", table), nil
}

// constraint returns our constraint trigger with arguments.
func constraint(arguments map[string]any) setup {
	return func(table string) (string, error) {
		d := declaration{table: table, columns: []string{"pizza_id integer", "topping_id integer"}}
		field := func(name string) expression.Node {
			return expression.Node{Kind: expression.Field, Path: []address.Ref{address.RefTo(d.field(name))}}
		}
		attrs := map[string]any{"error": "Too many.", "query": expression.Query{
			Model: address.RefTo(d.model()), Values: []expression.Node{field("pizza_id")},
			Annotate: []expression.Annotation{{As: "n", Value: expression.Node{
				Kind: expression.Call, Text: "count", Args: []expression.Node{field("topping_id")},
			}}},
			Having: []expression.Node{{Kind: expression.Operator, Text: ">", Args: []expression.Node{
				{Kind: expression.Name, Text: "n"}, {Kind: expression.Number, Text: "5"},
			}}},
		}}
		for name, value := range arguments {
			attrs[name] = value
		}
		return d.sql(address.New(triggers.ConstraintKind, "shop", table, "at_most_5"), attrs)
	}
}

// audit returns our audit trigger with arguments.
func audit(arguments map[string]any) setup {
	return func(table string) (string, error) {
		d := declaration{table: table, columns: auditedColumns}
		return d.sql(address.New(triggers.AuditKind, "shop", table), arguments)
	}
}

// A declaration is a model with an object of the plugin.
type declaration struct {
	table   string
	columns []string // "name type"
}

func (d declaration) model() address.Address { return address.New(model.ModelKind, "shop", d.table) }

func (d declaration) field(name string) address.Address {
	return address.New(model.FieldKind, "shop", d.table, name)
}

// sql returns what the plugin does for an object of the model.
func (d declaration) sql(a address.Address, attrs map[string]any) (string, error) {
	objects, err := d.objects()
	if err != nil {
		return "", err
	}
	object, err := newObject(a, d.model(), attrs)
	if err != nil {
		return "", err
	}
	log, err := newObject(address.New(triggers.LogKind, "audit_log"), address.Address{}, struct{}{})
	if err != nil {
		return "", err
	}
	upkeep, err := newObject(address.New(triggers.UpkeepKind, "audit_upkeep"), address.Address{}, struct{}{})
	if err != nil {
		return "", err
	}
	pass := detect.Pass{To: state.New(append(objects, object, log, upkeep)...)}
	for _, o := range []*state.Object{log, upkeep, object} {
		pass.Changes = append(pass.Changes, detect.Change{Change: state.Change{After: o}})
	}
	result, err := triggers.New().Detect(context.Background(), pass)
	if err == nil {
		err = result.Diagnostics.Err()
	}
	var sql strings.Builder
	for _, op := range result.Operations {
		for _, statement := range op.Up {
			sql.WriteString(statement.Text() + ";\n")
		}
	}
	return sql.String(), err
}

func (d declaration) objects() ([]*state.Object, error) {
	m, err := newObject(d.model(), address.Address{}, model.Model{Schema: "public", Table: d.table})
	objects := []*state.Object{m}
	for _, column := range append([]string{"id bigint"}, d.columns...) {
		name, typ, _ := strings.Cut(column, " ")
		f, failed := newObject(d.field(name), d.model(), model.Field{Column: name, Type: model.Type{SQL: typ}})
		if objects, err = append(objects, f), firstError(err, failed); err != nil {
			return nil, err
		}
	}
	key, failed := newObject(address.New(model.ConstraintKind, "shop", d.table, "pkey"), d.model(), model.Constraint{
		Type: model.PrimaryKey, Name: d.table + "_pkey", Fields: []address.Ref{address.RefTo(d.field("id"))},
	})
	return append(objects, key), firstError(err, failed)
}

func newObject(a, parent address.Address, attrs any) (*state.Object, error) {
	encoded, err := state.Encode(attrs)
	if err != nil {
		return nil, fmt.Errorf("declaring %s: %w", a, err)
	}
	o := &state.Object{Address: a, Parent: parent, Attrs: encoded, App: "shop"}
	for _, k := range triggers.New().Manifest().Kinds {
		if k.Name == a.Kind() {
			o.Rendering = k.Rendering
		}
	}
	return o, nil
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
