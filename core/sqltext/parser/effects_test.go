package parser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEffects(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"create table shop.pizza (id bigint primary key, name text constraint n check (name <> ''), s size references topping (id), constraint c unique (name), check (f(id)))": "CREATE TABLE: create table shop.pizza; create column shop.pizza.id; create column shop.pizza.name; create column shop.pizza.s; " +
			"create constraint shop.pizza.c; create constraint shop.pizza; refer function f; refer relation topping; refer type size; refer type text",
		"create temp table if not exists t as select 1 from a":                                                       "CREATE TABLE AS: create table pg_temp.t; refer relation a",
		"create table p partition of q default":                                                                      "CREATE TABLE: create table p; refer relation q",
		"create or replace view v as with a as (select * from b) select f(1), s.g(x) from a, c.d":                    "CREATE VIEW: create view v; refer function f; refer function s.g; refer relation b; refer relation c.d",
		"create materialized view m as select 1":                                                                     "CREATE MATERIALIZED VIEW: create materialized view m",
		"create sequence a.s owned by t.c":                                                                           "CREATE SEQUENCE: create sequence a.s",
		"create unique index concurrently on a.b (lower(c))":                                                         "CREATE INDEX: create index a.b; refer function lower",
		"create trigger t after insert on a.b execute function s.f()":                                                "CREATE TRIGGER: create trigger a.b.t; refer function s.f",
		"create policy p on b using (exists (select from c))":                                                        "CREATE POLICY: create policy b.p; refer relation c",
		"create rule r as on insert to t do also insert into u values (1)":                                           "CREATE RULE: create rule t.r; write relation u",
		"create type a.e as enum ('x')":                                                                              "CREATE TYPE: create type a.e",
		"create type c as (a int, b other)":                                                                          "CREATE TYPE: create type c; refer type other",
		"create type r as range (subtype = numeric)":                                                                 "CREATE TYPE: create type r",
		"create domain d as text check (value <> f())":                                                               "CREATE DOMAIN: create domain d; refer function f; refer type text",
		"create extension hstore":                                                                                    "CREATE EXTENSION: create extension hstore",
		"create schema a create table b (c int)":                                                                     "CREATE SCHEMA: create schema a; create table b; create column b.c",
		"create cast (text as size) with inout":                                                                      "CREATE CAST: create cast text as size; refer type size; refer type text",
		"create aggregate s.a (int) (sfunc = g, stype = int)":                                                        "CREATE AGGREGATE: create aggregate s.a(int4); refer type g",
		"create event trigger e on ddl_command_start execute function f()":                                           "CREATE EVENT TRIGGER: create event trigger e; refer function f",
		"create function a.f(x int, out y text, variadic z text[]) language sql as 'select * from b where c = g(x)'": "CREATE FUNCTION: create function a.f(int4, text[]); refer function g; refer relation b; refer type text",
		"create procedure p() language plpgsql as $$ begin insert into b values (1); end $$":                         "CREATE PROCEDURE: create procedure p(); refer relation b",
		"create function f() returns int language plpgsql as $$ begin execute 'x'; end $$":                           "CREATE FUNCTION: create function f(); opaque",
		"create function f() returns int language plpython3u as 'x'":                                                 "CREATE FUNCTION: create function f(); opaque",
		"create function f() returns int begin atomic select 1 from b; end":                                          "CREATE FUNCTION: create function f(); refer relation b",
		"alter table a.b add c int, add constraint d check (true), drop column if exists e cascade, alter f type text, drop constraint g, validate constraint h, owner to i": "ALTER TABLE: alter table a.b; create column a.b.c; create constraint a.b.d; drop column a.b.e; alter column a.b.f; " +
			"drop constraint a.b.g; alter constraint a.b.h; refer type text",
		"alter table t enable always trigger a, disable trigger all, disable rule b": "ALTER TABLE: alter table t; alter trigger t.a; alter rule t.b",
		"create server s foreign data wrapper w":                                     "CREATE SERVER: create server s",
		"alter server s options (set host 'x')":                                      "ALTER SERVER: alter server s",
		"drop server if exists s cascade":                                            "DROP SERVER: drop server s",
		"create foreign data wrapper w":                                              "CREATE FOREIGN DATA WRAPPER: create foreign data wrapper w",
		"drop foreign data wrapper w":                                                "DROP FOREIGN DATA WRAPPER: drop foreign data wrapper w",
		"create user mapping for current_user server s":                              "CREATE USER MAPPING: create user mapping current_user server s",
		"alter user mapping for ann server s options (add a 'b')":                    "ALTER USER MAPPING: alter user mapping ann server s",
		"drop user mapping for public server s":                                      "DROP USER MAPPING: drop user mapping public server s",
		"create foreign table a.t (x int) server s":                                  "CREATE FOREIGN TABLE: create foreign table a.t; create column a.t.x",
		"alter text search configuration a.c drop mapping for b":                     "ALTER TEXT SEARCH CONFIGURATION: alter text search configuration a.c",
		"alter text search dictionary d (a = b)":                                     "ALTER TEXT SEARCH DICTIONARY: alter text search dictionary d; refer type b",
		"create text search configuration a.c (copy = d)":                            "CREATE TEXT SEARCH CONFIGURATION: create text search configuration a.c; refer type d",
		"drop text search configuration a.c":                                         "DROP TEXT SEARCH CONFIGURATION: drop text search configuration a.c",
		"alter text search configuration c rename to d":                              "ALTER TEXT SEARCH CONFIGURATION: rename text search configuration c to d",
		"drop operator class a.c using btree":                                        "DROP OPERATOR CLASS: drop operator class a.c",
		"drop operator family c using btree":                                         "DROP OPERATOR FAMILY: drop operator family c",
		"alter function a.f(int) depends on extension e":                             "ALTER FUNCTION: alter function a.f(int4)",
		"drop statistics a.b":                                                        "DROP STATISTICS: drop statistics a.b",
		"set constraints a.b immediate":                                              "SET CONSTRAINTS: refer relation a.b",
		"alter table t attach partition p for values in (1)":                         "ALTER TABLE: alter table t; refer relation p",
		"alter table a.b rename to c":                                                "ALTER TABLE: rename table a.b to c",
		"alter table b rename column c to d":                                         "ALTER TABLE: rename column b.c to d",
		"alter table b rename constraint c to d":                                     "ALTER TABLE: rename constraint b.c to d",
		"alter trigger t on b rename to c":                                           "ALTER TRIGGER: rename trigger b.t to c",
		"alter index a.i rename to j":                                                "ALTER INDEX: rename index a.i to j",
		"alter view v set schema x":                                                  "ALTER VIEW: move view v to x",
		"alter function a.f(int, out text) rename to g":                              "ALTER FUNCTION: rename function a.f(int4) to g",
		"alter type t rename to u":                                                   "ALTER TYPE: rename type t to u",
		"alter type t add value 'x'":                                                 "ALTER TYPE: alter type t",
		"alter domain d rename constraint a to b":                                    "ALTER DOMAIN: rename domain constraint d.a to b",
		"alter schema a rename to b":                                                 "ALTER SCHEMA: rename schema a to b",
		"alter sequence s restart":                                                   "ALTER SEQUENCE: alter sequence s",
		"alter function f(int) owner to x":                                           "ALTER FUNCTION: alter function f(int4)",
		"drop table if exists a.b, c cascade":                                        "DROP TABLE: drop table a.b; drop table c",
		"drop trigger t on a.b":                                                      "DROP TRIGGER: drop trigger a.b.t",
		"drop function a.f(int, text[]), g":                                          "DROP FUNCTION: drop function a.f(int4, text[]); drop function g; refer type text",
		"drop type a.b":                                                              "DROP TYPE: drop type a.b",
		"drop schema a, b":                                                           "DROP SCHEMA: drop schema a; drop schema b",
		"drop extension hstore":                                                      "DROP EXTENSION: drop extension hstore",
		"drop cast (int as text)":                                                    "DROP CAST: drop cast int4 as text; refer type text",
		"with a as (delete from b returning *) insert into c select * from a, d":     "INSERT: write relation c; write relation b; refer relation d",
		"truncate a, b.c":                                                            "TRUNCATE TABLE: write relation a; write relation b.c",
		"copy a from stdin":                                                          "COPY: write relation a",
		"copy a to stdout":                                                           "COPY: refer relation a",
		"select 1 into a from b":                                                     "SELECT: create table a; refer relation b",
		"do $$ begin null; end $$":                                                   "DO:",
		"do $$ declare x int; begin if true then drop table a.b; perform f(1); end if; set role r; end $$": "DO [DROP TABLE SELECT SET]: drop table a.b; refer function f; refer type int",
		"do $$ begin execute 'drop table a'; end $$":                                                       "DO: opaque",
		"do language plpython3u 'x'":                                                                       "DO: opaque",
		"call p(1)":                                                                                        "CALL: refer function p; opaque",
		"execute x":                                                                                        "EXECUTE: opaque",
		"set search_path = a":                                                                              "SET:",
		"begin":                                                                                            "BEGIN:",
		"comment on table a is 'x'":                                                                        "COMMENT: refer relation a",
		"grant select on a to b":                                                                           "GRANT: refer relation a",
		"import foreign schema a from server b into c":                                                     "IMPORT FOREIGN SCHEMA: create foreign table c; opaque",
	} {
		acts, err := shared.Effects(text)
		require.NoError(t, err, text)
		require.Len(t, acts, 1)
		var parts []string
		for _, e := range acts[0].Effects {
			parts = append(parts, e.String())
		}
		if acts[0].Opaque {
			parts = append(parts, "opaque")
		}
		kind := acts[0].Kind
		if inner := acts[0].Inner; inner != nil {
			kind += fmt.Sprint(" ", inner)
		}
		assert.Equal(t, want, strings.TrimSpace(kind+": "+strings.Join(parts, "; ")), text)
		require.Equal(t, text, text[acts[0].Begin:acts[0].End])
	}
}

func TestEffectsOfSeveral(t *testing.T) {
	t.Parallel()
	acts, err := shared.Effects("-- a\ncreate table if not exists a (); drop table b cascade;\n\ncreate or replace function f() returns int language sql return 1;")
	require.NoError(t, err)
	require.Len(t, acts, 3)
	require.True(t, acts[0].Effects[0].If)
	require.True(t, acts[1].Effects[0].Cascade)
	require.True(t, acts[2].Effects[0].Replace)
	require.Equal(t, 5, acts[0].Begin)
	_, err = shared.Effects("create tabel a")
	require.EqualError(t, err, `syntax error at or near "tabel"`)
}

// What a clause of a table is, and what would lead out of the parentheses.
func TestClause(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`"a" int NOT NULL`:              "create column t.a",
		"CONSTRAINT c CHECK (a > 0)":    "create constraint t.c",
		"EXCLUDE USING gist (a WITH =)": "create constraint t",
		"a int, b int":                  "want one column or one constraint",
		"LIKE other INCLUDING ALL":      "want one column or one constraint",
		"a int) INHERITS (other":        `syntax error at or near ")"`,
		"a int); DROP TABLE b; --":      `syntax error at or near ")"`,
		"a text DEFAULT 'x":             "a string, name or comment without end",
		"a int DEFAULT 1;":              `syntax error at or near ";"`,
		"":                              "want one column or one constraint",
	} {
		effects, err := shared.Clause(text)
		if err != nil {
			assert.EqualError(t, err, want, text)
			continue
		}
		require.Len(t, effects, 1, text)
		assert.Equal(t, want, effects[0].String(), text)
	}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"SELECT 1", "SELECT EXISTS (SELECT FROM a.b)", "WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (true)"} {
		assert.NoError(t, shared.Select(text), text)
	}
	for _, text := range []string{
		"COMMIT", "SELECT 1; SELECT 2", "SELECT 1 INTO a", "WITH a AS (DELETE FROM b RETURNING 1) SELECT * FROM a", "DELETE FROM b",
		"TABLE a; COMMIT", "", "SELEC", "EXPLAIN SELECT 1", "SELECT 1 FROM a FOR UPDATE",
	} {
		assert.Error(t, shared.Select(text), text)
	}
}
