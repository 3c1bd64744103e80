package examples_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const monthlyEvents = `
model "event" {
  field "at" { type = timestamptz }
  primary_key { fields = [at] }
  monthly {
    over  = at
    first = "2026-11"
    count = 2
  }
}
`

// TestSlots has a plugin fill a slot of a table: as a clause of the statement that makes
// it, beside no argument of whimbrel's own, and never later.
func TestSlots(t *testing.T) {
	t.Parallel()
	p := project{t: t, program: build(t), dir: t.TempDir()}
	p.installs([]string{"partitions"})
	p.models(strings.Replace(monthlyEvents, "monthly", "partition_by = range(at)\n  monthly", 1))
	require.Contains(t, p.refused("make", "--no-input"), `monthly of plugin "partitions" and the argument partition_by both say the partition_by of model "event"`)
	p.models(monthlyEvents)
	p.whimbrel("make", "--no-input")
	p.models(monthlyEvents[:strings.Index(monthlyEvents, "  monthly")] + "}\n")
	require.Contains(t, p.refused("make", "--no-input"), "WH2320")
	p.models(strings.Replace(monthlyEvents, "count = 2", "count = 3", 1))
	p.whimbrel("make", "--no-input", "-n", "more")
	more := p.migrations()["more.sql"]
	require.Contains(t, more, "CREATE TABLE public.event_2027_01 PARTITION OF public.event")
	require.NotContains(t, more, "event_2026_11")
}

// refused runs a command that has to fail, and returns what it says.
func (p project) refused(args ...string) string {
	p.t.Helper()
	said, err := exec.Command(p.program, append([]string{"-C", p.dir}, args...)...).CombinedOutput()
	require.Error(p.t, err, string(said))
	return string(said)
}
