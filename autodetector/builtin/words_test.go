package builtin_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// An author who calls an option as a kind of ours is told so where the plugin is put
// together, which knows no kinds: the words there are those of the kinds, no more and no
// fewer.
func TestWordsOfOurOwn(t *testing.T) {
	t.Parallel()
	words := map[detect.Place][]string{detect.OnApp: nil, detect.OnModel: nil, detect.OnField: nil, detect.OnProject: nil}
	for _, d := range builtin.Detectors() {
		for _, o := range d.Manifest().Options {
			words[o.On] = append(words[o.On], o.Name)
		}
	}
	for place, own := range words {
		require.ElementsMatch(t, own, sdk.BuiltinWords(place), "the words of sdk.BuiltinWords at %s", place)
	}
}
