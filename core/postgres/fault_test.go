package postgres_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// everyPart has faults between any two parts of a message too: some thousands.
var everyPart = flag.Bool("faults", false, "inject faults between any two parts of a message")

// journey returns migrations of all ways of running an operation. What they write to
// the trail shows what was run, and how often.
func journey() []postgres.Script {
	one := down(script("20260101000000_one",
		`CREATE TABLE public.a (x int NOT NULL, y int)`,
		`INSERT INTO public.a SELECT n, n FROM generate_series(1, 20) AS n`,
		`INSERT INTO public.trail VALUES ('one')`,
	), `DROP TABLE public.a`, `DELETE FROM public.a`, `INSERT INTO public.trail VALUES ('back from one')`)
	two := down(script("20260102000000_two",
		`CREATE UNIQUE INDEX CONCURRENTLY a_x ON public.a (x)`,
		`ALTER TABLE public.a ADD CONSTRAINT positive CHECK (x > 0) NOT VALID`,
		`ALTER TABLE public.a VALIDATE CONSTRAINT positive`,
		`INSERT INTO public.trail VALUES ('two')`,
	), `DROP INDEX CONCURRENTLY public.a_x`, `ALTER TABLE public.a DROP CONSTRAINT positive`, ``, `INSERT INTO public.trail VALUES ('back from two')`)
	two = mode(mode(two, 1, operation.Outside), 3, operation.Outside)
	three := script("20260103000000_three", ``, `VACUUM public.a`)
	three.Steps[0].Up = statements(1, `CREATE INDEX CONCURRENTLY a_y ON public.a (y)`, `CREATE INDEX CONCURRENTLY a_y_x ON public.a (y, x)`)
	three.Steps[0].Down = statements(9, `DROP INDEX CONCURRENTLY public.a_y_x`, `DROP INDEX CONCURRENTLY public.a_y`)
	three = mode(mode(three, 1, operation.Outside), 2, operation.Outside)
	four := down(script("20260104000000_four",
		`CREATE TABLE public.p (x int) PARTITION BY LIST (x)`,
		`CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES IN (1)`,
		`INSERT INTO public.trail VALUES ('four')`,
		`ALTER TABLE public.p DETACH PARTITION public.p1 CONCURRENTLY`,
		`COMMENT ON TABLE public.p IS 'parts'`,
	), `DROP TABLE public.p`, `DROP TABLE public.p1`, `INSERT INTO public.trail VALUES ('back from four')`,
		`ALTER TABLE public.p ATTACH PARTITION public.p1 FOR VALUES IN (1)`, `COMMENT ON TABLE public.p IS NULL`)
	four = mode(mode(mode(four, 3, operation.Committed), 4, operation.Outside), 5, operation.Outside)
	return []postgres.Script{one, two, three, four}
}

// travel applies the migrations that are not applied, or takes back those that are.
func travel(ctx context.Context, url string, d postgres.Direction) error {
	db, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	executor, err := postgres.Open(ctx, db, postgres.Options{Version: "test", Wait: patience})
	if err != nil {
		return err
	}
	scripts, way, known := journey(), executor.Apply, postgres.ErrApplied
	if d == postgres.Down {
		way, known = executor.Rollback, postgres.ErrNotApplied
		slices.Reverse(scripts)
	}
	for _, s := range scripts {
		if err := way(ctx, s, nil); err != nil && !errors.Is(err, known) {
			return errors.Join(err, executor.Close())
		}
	}
	return executor.Close()
}

// An arrival is what is left of a journey.
const arrival = `SELECT concat_ws(E'\n',
	(SELECT 'trail: ' || string_agg(word, ', ' ORDER BY n) FROM public.trail),
	(SELECT 'applied: ' || string_agg(concat_ws(' ', app, id, checksum, operations, faked), ', ' ORDER BY position) FROM whimbrel.migrations),
	(SELECT 'journal: ' || string_agg(action || ' ' || migration, ', ' ORDER BY id) FROM whimbrel.journal
		WHERE action IN ('applied', 'rolled back') AND ($1 = 'up') = (action = 'applied')),
	(SELECT 'operations: ' || string_agg(concat_ws(' ', migration, operation, direction, phase), ', ' ORDER BY migration, operation)
		FROM (SELECT DISTINCT ON (migration, operation) * FROM whimbrel.operation_log ORDER BY migration, operation, id DESC) AS last),
	(SELECT 'more than once: ' || string_agg(concat_ws(' ', migration, operation, direction), ', ') FROM (
		SELECT migration, operation, direction FROM whimbrel.operation_log WHERE phase = 'done'
		GROUP BY migration, operation, direction HAVING count(*) > 1) AS often))`

// A road is a database in which journeys are made, forth and back in turn.
type road struct {
	url  string
	conn *pgx.Conn // of somebody who looks on
}

func newRoad(t *testing.T) road {
	t.Helper()
	url := scratch.Database(t)
	run(t, url, `CREATE TABLE public.trail (word text, n bigint GENERATED ALWAYS AS IDENTITY)`)
	return road{url, session(t, url)}
}

// clear forgets what is not of the database as it is now.
func (r road) clear(ctx context.Context, d postgres.Direction) error {
	sql := `TRUNCATE public.trail RESTART IDENTITY`
	if d == postgres.Up {
		sql += `; SET client_min_messages = error; DROP SCHEMA IF EXISTS whimbrel CASCADE`
	}
	_, err := r.conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	return err
}

// quiet waits until nobody else is connected.
func (r road) quiet(ctx context.Context) error {
	for busy := true; busy; {
		err := r.conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend')`).Scan(&busy)
		if err != nil {
			return err
		}
	}
	return nil
}

// arrived returns what is there after a journey.
func (r road) arrived(ctx context.Context, d postgres.Direction) (string, error) {
	history := ""
	if err := r.conn.QueryRow(ctx, arrival, string(d)).Scan(&history); err != nil {
		return "", err
	}
	catalog, err := postgres.Snapshot(ctx, r.url)
	return history + "\n" + catalog, err
}

// A goal is what a journey in a direction has to lead to, and the messages on its way.
type goal struct {
	direction postgres.Direction
	messages  int
	want      string
}

// undisturbed makes a journey at whose messages nothing happens.
func (r road) undisturbed(t *testing.T, d postgres.Direction, only string) goal {
	t.Helper()
	require.NoError(t, r.clear(t.Context(), d))
	s := &saboteur{url: r.url, all: *everyPart, only: only}
	require.NoError(t, travel(t.Context(), s.start(t), d))
	s.clients.Wait()
	want, err := r.arrived(t.Context(), d)
	require.NoError(t, err)
	return goal{d, s.count, want}
}

// disturbed makes a journey with a fault, and then to its end.
func (r road) disturbed(t *testing.T, g goal, s *saboteur) error {
	ctx := t.Context()
	if err := r.clear(ctx, g.direction); err != nil {
		return err
	}
	s.url = r.url
	_ = travel(ctx, s.start(t), g.direction) // the fault may come after its end
	s.clients.Wait()
	if err := r.quiet(ctx); err != nil {
		return err
	}
	if err := travel(ctx, r.url, g.direction); err != nil {
		return err
	}
	got, err := r.arrived(ctx, g.direction)
	if err == nil && got != g.want {
		err = fmt.Errorf("want\n%s\ngot\n%s", g.want, got)
	}
	return err
}

// saboteurs returns one for each fault at each message of a way.
func (g goal) saboteurs(faults []fault, only, holding string) []*saboteur {
	var all []*saboteur
	for _, f := range faults {
		for at := 1; at <= g.messages; at++ {
			all = append(all, &saboteur{fault: f, at: at, all: *everyPart, only: only, holding: holding})
		}
	}
	return all
}

// commute makes journeys forth and back in turn, a fault in each, on some roads at once,
// and returns how many faults there were.
func commute(t *testing.T, there, back goal, forth, home []*saboteur) int {
	t.Helper()
	const roads = 4
	var done sync.WaitGroup
	turns := max(len(forth), len(home))
	for n := range roads {
		r := newRoad(t)
		done.Go(func() {
			for turn := n; turn < turns; turn += roads {
				for _, way := range []struct {
					goal
					all []*saboteur
				}{{there, forth}, {back, home}} {
					s := way.all[turn%len(way.all)]
					again := &saboteur{fault: s.fault, at: s.at, all: s.all, only: s.only, holding: s.holding}
					if err := r.disturbed(t, way.goal, again); err != nil {
						t.Errorf("%s: %s, at %d %s %s: %v", way.direction, s.fault, s.at, s.only, s.holding, err)
						return
					}
				}
			}
		})
	}
	done.Wait()
	return len(forth) + len(home)
}

// Whatever happens to the connection or the server's process at any message, the next
// run ends the journey as if nothing had happened, with nothing done twice.
func TestEveryFaultIsGoneOnFrom(t *testing.T) {
	t.Parallel()
	r := newRoad(t)
	there, back := r.undisturbed(t, postgres.Up, ""), r.undisturbed(t, postgres.Down, "")
	faults := []fault{cut, unanswered, terminated}
	points := commute(t, there, back, there.saboteurs(faults, "", ""), back.saboteurs(faults, "", ""))
	t.Logf("%d faults", points)
	require.GreaterOrEqual(t, points, 500)
}

// So it is with statements that take more than one transaction of the server's, wherever
// they wait for somebody.
func TestFaultWhileAStatementWaits(t *testing.T) {
	t.Parallel()
	r := newRoad(t)
	there, back := r.undisturbed(t, postgres.Up, "CONCURRENTLY"), r.undisturbed(t, postgres.Down, "CONCURRENTLY")
	require.Equal(t, []int{4, 3}, []int{there.messages, back.messages})
	var forth, home []*saboteur
	for _, holding := range []string{`LOCK TABLE public.a IN ROW EXCLUSIVE MODE`, `SELECT FROM public.trail`, `SELECT FROM public.p`} {
		faults := []fault{cutWaiting, terminatedWaiting}
		forth = append(forth, there.saboteurs(faults, "CONCURRENTLY", holding)...)
		home = append(home, back.saboteurs(faults, "CONCURRENTLY", holding)...)
	}
	commute(t, there, back, forth, home)
}
