package extensions_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/state"
)

// operations returns what the plugin does from some extensions to others.
func operations(t *testing.T, from, to []string) []operation.Operation {
	t.Helper()
	before, after := implied(from), implied(to)
	pass := detect.Pass{From: before, To: after}
	for _, c := range state.Diff(before, after) {
		pass.Changes = append(pass.Changes, detect.Change{Change: c})
	}
	d := extensions.New()
	result, err := d.Detect(t.Context(), pass)
	require.NoError(t, err)
	require.Empty(t, detect.Check(d.Manifest(), pass, result))
	return result.Operations
}

func implied(names []string) *state.State {
	objects := make([]*state.Object, len(names))
	for i, name := range names {
		objects[i] = &state.Object{Address: extensions.Address(name), Attrs: []byte("{}")}
	}
	return state.New(objects...)
}

func run(t *testing.T, conn *pgx.Conn, statements ...operation.Statement) {
	t.Helper()
	for _, s := range statements {
		_, err := conn.Exec(t.Context(), s.Text())
		require.NoError(t, err, s.Text())
	}
}

func one(t *testing.T, conn *pgx.Conn, sql string) string {
	t.Helper()
	var value *string
	require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(&value))
	if value == nil {
		return ""
	}
	return *value
}

func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

const comments = `SELECT string_agg(extname || ' in ' || extnamespace::regnamespace || ': ' || obj_description(oid, 'pg_extension'), E'\n' ORDER BY extname)
	FROM pg_extension WHERE extname <> 'plpgsql'`

func TestExtension_is_dropped_only_where_it_was_created(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	run(t, conn, operation.SQL(`CREATE EXTENSION citext`)...)
	up := operations(t, nil, []string{"citext", "uuid-ossp"})
	for _, op := range up {
		run(t, conn, op.Up...)
		run(t, conn, op.Up...) // once more changes nothing
	}
	assert.Equal(t, "citext in public: data type for case-insensitive character strings\n"+
		"uuid-ossp in public: generate universally unique identifiers (UUIDs) (created by whimbrel)", one(t, conn, comments))
	for _, op := range operations(t, []string{"citext", "uuid-ossp"}, nil) {
		run(t, conn, op.Up...)
		run(t, conn, op.Up...)
	}
	assert.Equal(t, "citext in public: data type for case-insensitive character strings", one(t, conn, comments))
}

func TestExtension_stays_while_others_use_it(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	op := operations(t, nil, []string{"hstore"})[0]
	run(t, conn, op.Up...)
	run(t, conn, operation.SQL(`CREATE TABLE theirs (x hstore)`)...)
	run(t, conn, op.Down...)
	assert.Equal(t, "1", one(t, conn, `SELECT count(*)::text FROM pg_extension WHERE extname = 'hstore'`))
	run(t, conn, operation.SQL(`DROP TABLE theirs`)...)
	run(t, conn, op.Down...)
	assert.Equal(t, "0", one(t, conn, `SELECT count(*)::text FROM pg_extension WHERE extname = 'hstore'`))
}

func TestExtension_that_the_server_lacks_is_the_servers_error(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	_, err := conn.Exec(t.Context(), operations(t, nil, []string{"no_such_thing"})[0].Up[0].Text())
	assert.ErrorContains(t, err, `extension "no_such_thing" is not available`)
}

func TestExtensions_built_on_others_come_later_and_go_earlier(t *testing.T) {
	t.Parallel()
	create := operations(t, nil, []string{"earthdistance"})[0]
	drop := operations(t, []string{"earthdistance"}, nil)[0]
	cube := extensions.Address("cube")
	assert.Equal(t, []operation.Need{{Verb: operation.Create, Object: cube, Soft: true, Why: "earthdistance is built on cube"}}, create.Needs)
	assert.Equal(t, []operation.Need{{Verb: operation.Drop, Object: cube, Before: true, Soft: true, Why: "earthdistance is built on cube"}}, drop.Needs)
}

func TestExtension_touched_by_others_stays_as_it_is(t *testing.T) {
	t.Parallel()
	o := implied([]string{"hstore"})
	same := o.Get(extensions.Address("hstore"))
	result, err := extensions.New().Detect(t.Context(), detect.Pass{
		From: o, To: o,
		Changes: []detect.Change{{Change: state.Change{Before: same, After: same}, Replace: true}},
	})
	require.NoError(t, err)
	assert.Empty(t, result.Operations)
}

// TestCatalog compares what implies extensions with the extensions themselves,
// as far as this server has them.
func TestCatalog(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	missing := func(names []string, name, sql string) {
		for _, n := range names {
			if strings.Contains(n, ":") {
				continue
			}
			found := one(t, conn, `SELECT count(*)::text FROM (`+sql+`) x WHERE name = `+address.Literal(n))
			assert.NotEqual(t, "0", found, "%s of %s", n, name)
		}
	}
	var installed []detect.Implication
	for _, i := range extensions.New().Manifest().Implications {
		if one(t, conn, `SELECT count(*)::text FROM pg_available_extensions WHERE name = `+address.Literal(i.Names[0])) != "0" {
			run(t, conn, operation.SQL(`CREATE EXTENSION IF NOT EXISTS `+address.Quote(i.Names[0])+` CASCADE`)...)
			installed = append(installed, i)
		}
	}
	for _, i := range installed {
		missing(i.ByTypes, i.Names[0], `SELECT typname AS name FROM pg_type`)
		missing(i.ByCalls, i.Names[0], `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace`)
		missing(i.ByOpclass, i.Names[0], `SELECT opcname AS name FROM pg_opclass`)
		missing(i.ByMethods, i.Names[0], `SELECT amname AS name FROM pg_am`)
	}
}

// TestCatalog_default_opclasses: btree_gist brings the default class of every
// type that is said to imply it, and PostgreSQL has none of its own.
func TestCatalog_default_opclasses(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	run(t, conn, operation.SQL(`CREATE TYPE enum AS ENUM ('a')`)...)
	for _, i := range extensions.New().Manifest().Implications {
		for _, class := range i.ByOpclass {
			method, name, ok := strings.Cut(class, ":")
			if !ok {
				continue
			}
			create := `CREATE TEMP TABLE t (x ` + name + `); CREATE INDEX ON t USING ` + method + ` (x); DROP TABLE t`
			_, err := conn.Exec(t.Context(), `BEGIN; `+create)
			assert.ErrorContains(t, err, "has no default operator class", class)
			run(t, conn, operation.SQL(`ROLLBACK`)...)
			run(t, conn, operation.SQL(`BEGIN; CREATE EXTENSION `+i.Names[0]+`; `+create+`; ROLLBACK`)...)
		}
	}
}

// TestCatalog_lists_default_opclasses: whatever extension of this server has a
// default class for a type of PostgreSQL's own says so. Without it, a model with such
// an index would be refused.
func TestCatalog_lists_default_opclasses(t *testing.T) {
	t.Parallel()
	conn := connect(t)
	ours := map[string][]string{}
	for _, i := range extensions.New().Manifest().Implications {
		ours[i.Names[0]] = i.ByOpclass
		if one(t, conn, `SELECT count(*)::text FROM pg_available_extensions WHERE name = `+address.Literal(i.Names[0])) != "0" {
			run(t, conn, operation.SQL(`CREATE EXTENSION IF NOT EXISTS `+address.Quote(i.Names[0])+` CASCADE`)...)
		}
	}
	rows, err := conn.Query(t.Context(), `SELECT extname, amname, replace(format_type(opcintype, NULL), 'anyenum', 'enum') FROM pg_opclass c
		JOIN pg_am a ON a.oid = opcmethod JOIN pg_type y ON y.oid = opcintype
		JOIN pg_depend ON objid = c.oid AND classid = 'pg_opclass'::regclass AND deptype = 'e' JOIN pg_extension e ON e.oid = refobjid
		WHERE opcdefault AND typnamespace = 'pg_catalog'::regnamespace AND amname IN ('btree', 'hash', 'gin', 'gist', 'spgist', 'brin')`)
	require.NoError(t, err)
	found := 0
	for rows.Next() {
		var extension, method, typ string
		require.NoError(t, rows.Scan(&extension, &method, &typ))
		name, err := pgtype.Parse(typ)
		require.NoError(t, err)
		assert.Contains(t, ours[extension], method+":"+name.Base()+strings.Repeat("[]", name.Dimensions()))
		found++
	}
	require.NoError(t, rows.Err())
	assert.Greater(t, found, 50)
}
