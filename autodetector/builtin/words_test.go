package builtin_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/sdk"
)

// An author who calls an option as a kind of ours is told so where the plugin is put
// together, which knows no kinds.
func TestWordsOfOurOwn(t *testing.T) {
	t.Parallel()
	for _, d := range builtin.Detectors() {
		for _, o := range d.Manifest().Options {
			require.Contains(t, sdk.BuiltinWords(o.On), o.Name, "add the word to sdk.BuiltinWords")
		}
	}
}
