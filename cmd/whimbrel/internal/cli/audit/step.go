package audit

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	contract "github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A life is the life of a row.
type life struct {
	Model string       `json:"model"`
	Row   auditlog.Key `json:"row"` // the primary key that it had last
	Steps []*step      `json:"steps"`

	cutOff bool
}

// A step is a change of a row with the row after it.
type step struct {
	record
	State auditlog.Fields `json:"state"` // null: the row is not there
	// Partial: the log does not have all fields that the row had.
	Partial bool `json:"partial,omitempty"`
}

func newLife(model string, steps []auditlog.Step) *life {
	l := &life{Model: model}
	for _, s := range steps {
		l.add(s)
		if s.Row != nil {
			l.Row = s.Row
		}
	}
	return l
}

func (l *life) add(s auditlog.Step) {
	l.Steps = append(l.Steps, &step{record: newRecord(s.Record), State: s.State, Partial: s.Partial})
}

// cut leaves the last step at a time, if there is one.
func (l *life) cut(last *auditlog.Step) {
	l.cutOff, l.Steps = true, []*step{}
	if last != nil {
		l.add(*last)
	}
}

// Print writes the whole row at each step.
func (l *life) Print(p *output.Printer) {
	p.Line("%s %s", p.Bold(line(l.Model)), key(l.Row))
	if l.cutOff && len(l.Steps) == 0 {
		p.Line("  not there at that time, as far as the log knows")
	}
	for _, s := range l.Steps {
		p.Line("")
		s.print(p)
	}
}

func (s *step) print(p *output.Printer) {
	p.Line("%s", s.head(p))
	what := s.Operation
	if s.State == nil {
		what += "  the row is not there any more"
	}
	p.Line("  %s", what)
	changed := s.changed()
	for _, name := range slices.Sorted(maps.Keys(s.State)) {
		c, is := changed[name]
		switch {
		case is && s.Operation == contract.Update:
			p.Line("  * %s", p.Bold(line(name)+": "+value(s.State[name]))+p.Dim("  was "+value(c.Old)))
		default:
			p.Line("    %s: %s", line(name), value(s.State[name]))
		}
	}
	if s.Partial {
		p.Line("    %s", p.Dim("and what did not change since the audit began"))
	}
}

// changed returns the changes by field.
func (s *step) changed() map[string]change {
	changes := map[string]change{}
	for _, c := range s.Changes {
		changes[c.Field] = c
	}
	return changes
}

// page returns the page of a row, with the whole row at each step.
func (l *life) page() *page {
	return &page{
		Title: "Life of a row", Subject: visible(l.Model) + " " + key(l.Row),
		entries: func(yield func(entry, error) bool) {
			for _, s := range l.Steps {
				if !yield(entry{s.record, s.page()}, nil) {
					return
				}
			}
		},
		note: func() string {
			if l.cutOff && len(l.Steps) == 0 {
				return "It was not there at that time, as far as the log knows."
			}
			return ""
		},
	}
}
