package cli

import (
	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/state"
)

// match is builtin.Match in the words of the autodetector; neither package knows
// the other.
func match(before, after *state.Object, from, to *state.State) autodetector.Likeness {
	switch builtin.Match(before, after, from, to) {
	case builtin.Alike:
		return autodetector.Alike
	case builtin.Equal:
		return autodetector.Equal
	}
	return autodetector.Different
}
