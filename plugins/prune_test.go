package plugins

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What nobody has asked for in the longest time goes first.
func TestOldestAnswersGo(t *testing.T) {
	t.Parallel()
	r := newResults(Options{CacheDir: t.TempDir(), Results: ResultsOn}, "results")
	keys := []string{strings.Repeat("aa", 32), strings.Repeat("bb", 32), strings.Repeat("cc", 32)}
	for i, key := range keys {
		r.put(key, make([]byte, 1000))
		old := time.Now().Add(time.Duration(i-10) * time.Hour)
		require.NoError(t, os.Chtimes(r.path(key), old, old))
	}
	require.NotNil(t, r.get(keys[0]), "from now on it is the newest")
	r.limit = 2500
	r.prune()
	require.NotNil(t, r.get(keys[0]))
	require.Nil(t, r.get(keys[1]))
	require.NotNil(t, r.get(keys[2]))
}
