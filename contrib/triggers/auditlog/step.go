package auditlog

import (
	"maps"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A Step is a change in the life of a row, with the row after it.
type Step struct {
	Record
	State Fields // nil: the row is not there
	// Partial: the log does not have all fields that the row had.
	Partial bool
}

// Steps returns what became of a row by its records, the oldest first. Truncations
// of the table while the row was not there are none of its steps.
func Steps(records []Record) []Step {
	var steps []Step
	state, partial := firstState(records), true
	for _, r := range records {
		if r.Row == nil && (len(steps) == 0 || state == nil) {
			continue
		}
		old, now := shown(r.Old), shown(r.New)
		switch {
		case r.Operation == record.Insert || r.Operation == record.Snapshot:
			state, partial = now, false
		case r.Operation == record.Update && wholeRow(old, now):
			state, partial = now, false
		case r.Operation == record.Update:
			partial = partial || state == nil // how it came back is not recorded
			state = merged(state, now)
		default:
			state, partial = nil, false
		}
		steps = append(steps, Step{Record: r, State: state, Partial: partial && state != nil})
	}
	return steps
}

// LastStep returns the step that was the last one at a time, by the newest record of
// that time; nil if the row was not there yet.
func LastStep(steps []Step, newest *Record) *Step {
	var last *Step
	for i := range steps {
		if newest != nil && !steps[i].After(*newest) {
			last = &steps[i]
		}
	}
	return last
}

// merged returns fields with the values of later ones.
func merged(state, later Fields) Fields {
	both := Fields{}
	maps.Copy(both, state)
	maps.Copy(both, later)
	return both
}

// wholeRow reports whether an update recorded the whole new row.
func wholeRow(old, now Fields) bool {
	for name := range now {
		if _, changed := old[name]; !changed {
			return true
		}
	}
	return false
}

// firstState returns what later records tell of a row whose beginning is not in
// the log.
func firstState(records []Record) Fields {
	state := Fields{}
	for _, r := range records {
		if r.Operation == record.Insert || r.Operation == record.Snapshot {
			break
		}
		for _, known := range []Fields{shown(r.Old), shown(r.New), shown(r.Row)} {
			for name, value := range known {
				if _, earlier := state[name]; !earlier {
					state[name] = value
				}
			}
		}
		if r.Operation != record.Update {
			break
		}
	}
	return state
}
