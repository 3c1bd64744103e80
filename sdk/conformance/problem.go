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
func (t *trial) wrongOn(check, way, why string) { t.met(why, check, "from "+way+": "+why) }

// wrongWith records what goes wrong with one way of filling in an option. The same
// with others is told once.
func (t *trial) wrongWith(check, filled, why string) { t.met(check+": "+why, check, filled+": "+why) }

// met records a problem, or that it was met again.
func (t *trial) met(key, check, text string) {
	if known := t.ways[key]; known != nil {
		known.more++
		return
	}
	if t.wrong(check, "%s", text); slices.Contains(t.problems[check], text) {
		t.ways[key] = &problem{check: check, text: text}
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

// but returns an error in parentheses, or nothing where there is none.
func but(err error) string {
	if err == nil {
		return ""
	}
	return " (" + err.Error() + ")"
}
