package cli

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An auditRowResult is the life of a row.
type auditRowResult struct {
	Model string       `json:"model"`
	Row   rawKey       `json:"row"` // the primary key that it had last
	Steps []*auditStep `json:"steps"`

	cutOff bool
}

// An auditStep is a change of a row with the row after it.
type auditStep struct {
	auditRecord
	State fields `json:"state"` // null: the row is not there
	// Partial: the log does not have all fields that the row had.
	Partial bool `json:"partial,omitempty"`
}

func newAuditRowResult(model string, records []postgres.AuditRecord) *auditRowResult {
	r := &auditRowResult{Model: model}
	state, partial := firstState(records), true
	for _, record := range records {
		if record.Row == nil && (len(r.Steps) == 0 || state == nil) {
			continue // the table was truncated when the row was not there
		}
		old, now := fieldsOf(record.Old), fieldsOf(record.New)
		switch {
		case record.Operation == "INSERT" || record.Operation == "SNAPSHOT":
			state, partial = now, false
		case record.Operation == "UPDATE" && wholeRow(old, now):
			state, partial = now, false
		case record.Operation == "UPDATE":
			partial = partial || state == nil // how it came back is not recorded
			state = merged(state, now)
		default:
			state, partial = nil, false
		}
		r.Steps = append(r.Steps, &auditStep{auditRecord: newAuditRecord(record), State: state, Partial: partial && state != nil})
		if record.Row != nil {
			r.Row = record.Row
		}
	}
	return r
}

// merged returns fields with the values of later ones.
func merged(state, later fields) fields {
	both := fields{}
	maps.Copy(both, state)
	maps.Copy(both, later)
	return both
}

// wholeRow reports whether an update recorded the whole new row.
func wholeRow(old, now fields) bool {
	for name := range now {
		if _, changed := old[name]; !changed {
			return true
		}
	}
	return false
}

// firstState returns what later records tell of a row whose beginning is not in
// the log.
func firstState(records []postgres.AuditRecord) fields {
	state := fields{}
	for _, record := range records {
		if record.Operation == "INSERT" || record.Operation == "SNAPSHOT" {
			break
		}
		for _, known := range []fields{fieldsOf(record.Old), fieldsOf(record.New)} {
			for name, value := range known {
				if _, earlier := state[name]; !earlier {
					state[name] = value
				}
			}
		}
		for name, value := range fieldsOf(record.Row) {
			if _, earlier := state[name]; !earlier {
				state[name] = value
			}
		}
		if record.Operation != "UPDATE" {
			break
		}
	}
	return state
}

// cut leaves the step that was the last one at a time, by the newest record of
// that time.
func (r *auditRowResult) cut(newest []postgres.AuditRecord) {
	r.cutOff = true
	kept := r.Steps[:0]
	for _, step := range r.Steps {
		record := postgres.AuditRecord{ID: step.ID, At: step.At, History: step.History}
		if len(newest) > 0 && !record.After(newest[0]) {
			kept = append(kept[:0], step)
		}
	}
	r.Steps = kept
}

func (r *auditRowResult) Print(p *output.Printer) {
	p.Line("%s %s", p.Bold(shown(r.Model)), keyText(r.Row))
	if r.cutOff && len(r.Steps) == 0 {
		p.Line("  not there at that time, as far as the log knows")
	}
	for _, step := range r.Steps {
		p.Line("")
		step.Print(p)
	}
}

func (s *auditStep) Print(p *output.Printer) {
	p.Line("%s", s.head(p))
	what := s.Operation
	if s.State == nil {
		what += "  the row is not there any more"
	}
	p.Line("  %s", what)
	changed := map[string]auditChange{}
	for _, c := range s.Changes {
		changed[c.Field] = c
	}
	for _, name := range slices.Sorted(maps.Keys(s.State)) {
		c, is := changed[name]
		switch {
		case is && s.Operation == "UPDATE":
			p.Line("  * %s", p.Bold(shown(name)+": "+value(s.State[name]))+p.Dim("  was "+value(c.Old)))
		default:
			p.Line("    %s: %s", shown(name), value(s.State[name]))
		}
	}
	if s.Partial {
		p.Line("    %s", p.Dim("and what did not change since the audit began"))
	}
}
