package plugins_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/plugins"
)

// What a plugin answers takes no more memory than the host allows: neither a message
// that is too long, nor one that is short and becomes much. What is allocated in all is
// measured, which is more than what is held at any time; no other test runs meanwhile.
func TestMemoryOfHost(t *testing.T) {
	for _, mode := range []string{"huge", "swarm"} {
		t.Run(mode, func(t *testing.T) {
			room := newRoom(t)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := room.run(t, mode, plugins.Options{MaxMessage: 1 << 20})
			runtime.ReadMemStats(&after)
			d := diagnosed(t, err)
			require.Equal(t, "WH4033", d.Code, "%+v", d)
			require.Contains(t, d.Summary, `plugin "hostile"`)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16<<20))
		})
	}
}
