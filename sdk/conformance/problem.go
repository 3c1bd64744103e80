package conformance

import (
	"fmt"
	"slices"
)

// A problem is a failure that is met on one or more ways between stages.
type problem struct {
	check, text string
	more        int // ways on which it was met besides the first
}

// wrongOn records what goes wrong on a way from a stage to another. The same on
// another way, whatever is tried there, is the same mistake in the plugin.
func (t *trial) wrongOn(check, way, why string) {
	if met, known := t.ways[why]; known {
		met.more++
		return
	}
	text := fmt.Sprintf("from %s: %s", way, why)
	if t.wrong(check, "%s", text); slices.Contains(t.problems[check], text) {
		t.ways[why] = &problem{check: check, text: text}
	}
}

// problemsOf returns those of a check, with how often else each was met.
func (t *trial) problemsOf(check string) []string {
	list := slices.Clone(t.problems[check])
	for _, met := range t.ways {
		i := slices.Index(list, met.text)
		if met.check != check || met.more == 0 || i < 0 {
			continue
		}
		list[i] += fmt.Sprintf(" (and on %d more ways)", met.more)
		if met.more == 1 {
			list[i] = met.text + " (and on another way)"
		}
	}
	return list
}
