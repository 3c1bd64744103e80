package postgres_test

import (
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A mortal observer kills its process at an event.
type mortal struct{ end, events int }

func (m *mortal) event() {
	if m.events++; m.events != m.end {
		return
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		_ = self.Kill()
	}
	select {} // not a step further
}

func (m *mortal) Begin(postgres.Script, postgres.Direction)               { m.event() }
func (m *mortal) Start(postgres.Step)                                     { m.event() }
func (m *mortal) Operation(postgres.Step, time.Duration)                  { m.event() }
func (m *mortal) Waiting(postgres.Step, []postgres.Session)               {}
func (m *mortal) Retry(int, time.Duration, error)                         {}
func (m *mortal) Notice(string, string)                                   { m.event() }
func (m *mortal) Done(postgres.Script, postgres.Direction, time.Duration) { m.event() }

// fleet returns migrations that count how often each operation was run. The
// trigger of the second one speaks within COMMIT.
func fleet() []postgres.Script {
	return []postgres.Script{
		script("20260101000000_one",
			`CREATE TABLE public.runs (operation text)`,
			`CREATE FUNCTION public.speak() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				RAISE NOTICE 'at the end'; -- within COMMIT
				RETURN NULL;
			END $$`,
			`INSERT INTO public.runs VALUES ('1.3')`),
		script("20260102000000_two",
			`CREATE CONSTRAINT TRIGGER speak AFTER INSERT ON public.runs DEFERRABLE INITIALLY DEFERRED
				FOR EACH ROW EXECUTE FUNCTION public.speak()`,
			`INSERT INTO public.runs VALUES ('2.2')`),
	}
}

// committed is the event of the first migration that comes after its COMMIT: Begin,
// two per operation, Done.
const committed = 1 + 6 + 1

func TestKilledDeployerLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	whole := scratch.Database(t)
	require.NoError(t, deploy(t.Context(), whole, fleet(), nil))
	want, err := postgres.Snapshot(t.Context(), whole)
	require.NoError(t, err)

	killed := 0
	for end := 1; ; end++ {
		url := scratch.Database(t)
		if deployer(t, url, end) == nil {
			break
		}
		killed++
		begun := "0"
		if end >= committed {
			begun = "1"
		}
		require.Equal(t, begun, value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'runs'`), "killed at event %d", end)
		require.NoError(t, deployer(t, url, 0), "the next run after being killed at event %d", end)
		got, err := postgres.Snapshot(t.Context(), url)
		require.NoError(t, err)
		require.Equal(t, want, got, "killed at event %d", end)
		require.Equal(t, "1.3,2.2", value(t, url, `SELECT string_agg(operation, ',' ORDER BY operation) FROM public.runs`))
		require.Equal(t, "2", value(t, url, `SELECT count(*) FROM whimbrel.migrations`))
		require.Equal(t, "5", value(t, url, `SELECT count(*) FROM whimbrel.operation_log`))
	}
	// Begin, two per operation, Done, and the notice of the trigger.
	require.Equal(t, committed+1+4+1+1, killed)
}

// deployer runs deploy in a process that dies at an event.
func deployer(t *testing.T, url string, end int) error {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), deployURL+"="+url, deployEnd+"="+strconv.Itoa(end))
	out, err := cmd.CombinedOutput()
	require.Empty(t, string(out))
	return err
}
