package simulation_test

import (
	"errors"
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// plans is how many random plans TestEveryPlan runs.
var plans = flag.Int("plans", 300, "random plans to run on a server and over names")

// statements is how many statements a plan has.
const statements = 25

// Whatever the statements of a plan are, and in whatever order: those that the server
// refuses for a name, because it is not there or is there already, are those that are
// refused without a server.
func TestEveryPlan(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	_, err = conn.Exec(t.Context(), "SET search_path = ''; SET client_min_messages = error")
	require.NoError(t, err)
	refused, accepted := 0, 0
	for seed := range uint64(*plans) {
		p := &plan{T: t, conn: conn, draw: &draw{rand.New(rand.NewPCG(seed, 1))}, catalog: simulation.Empty()}
		p.run(seed)
		refused, accepted = refused+p.refused, accepted+p.accepted
	}
	require.Greater(t, refused, *plans, "hardly any plan was refused")
	require.Greater(t, accepted, *plans, "hardly any plan was accepted")
}

// A plan is run statement by statement, on the server and over names.
type plan struct {
	*testing.T
	conn              *pgx.Conn
	draw              *draw
	catalog           *simulation.Catalog
	log               []string
	doubtful          bool // something was dropped with all that depends on it
	views             bool // there are relations whose columns are not known
	refused, accepted int
}

func (p *plan) run(seed uint64) {
	p.Helper()
	p.exec("BEGIN")
	for _, sql := range []string{`CREATE SCHEMA s1`, `CREATE SCHEMA "S 2"`, `CREATE SCHEMA nowhere`, `DROP SCHEMA nowhere`, `CREATE SCHEMA s3`, `DROP SCHEMA s3`} {
		p.exec(sql)
		require.Nil(p, p.catalog.Run(simulation.Read(sql)))
	}
	for range statements {
		p.statement(seed, p.draw.statement())
	}
	p.exec("ROLLBACK")
}

func (p *plan) exec(sql string) {
	p.Helper()
	_, err := p.conn.Exec(p.Context(), sql)
	require.NoError(p, err, sql)
}

// statement runs one. Where the server refuses it for another reason than a name, it
// did not happen.
func (p *plan) statement(seed uint64, sql string) {
	p.Helper()
	p.exec("SAVEPOINT s")
	_, err := p.conn.Exec(p.Context(), sql)
	mark := p.catalog.Mark()
	fault := p.catalog.Run(simulation.Read(sql))
	named := nameError(err)
	p.log = append(p.log, sql)
	switch {
	case err != nil && !named:
		p.catalog.Rewind(mark)
		p.exec("ROLLBACK TO s")
		p.log = p.log[:len(p.log)-1]
		return
	case fault != nil && !named:
		p.Fatalf("plan %d: the server accepts what is refused (%s):\n%s", seed, fault, strings.Join(p.log, ";\n"))
	case fault == nil && named && !p.doubtful && !(p.views && columnError(err)):
		p.Fatalf("plan %d: the server refuses what is accepted (%s):\n%s", seed, err, strings.Join(p.log, ";\n"))
	}
	if named {
		p.refused++
		p.catalog.Rewind(mark)
		p.exec("ROLLBACK TO s")
		p.log = p.log[:len(p.log)-1]
		return
	}
	p.accepted++
	p.doubtful = p.doubtful || strings.HasSuffix(sql, "CASCADE")
	p.views = p.views || strings.Contains(sql, " VIEW ")
}

// nameError reports whether the server says that something is not there, or is there
// already: see appendix A of PostgreSQL's manual.
func nameError(err error) bool {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Code {
	case "42P01", "42703", "42704", "42883", "3F000", "42P07", "42701", "42710", "42723", "42P06":
		return true
	}
	return false
}

func columnError(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && (refused.Code == "42703" || refused.Code == "42701")
}
