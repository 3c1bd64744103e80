package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// An auditRowCommand is "whimbrel audit row" with its flags.
type auditRowCommand struct {
	*session
	target target
	at     string
}

func newAuditRow(s *session) *cobra.Command {
	r := &auditRowCommand{session: s}
	c := &cobra.Command{
		Use:   "row MODEL KEY",
		Short: "Show the life of a row, the whole row at each step",
		Long: `Show the life of a row, the oldest change first, with the whole row after each. A row
is followed through changes of its primary key. What was not recorded, such as a
row that was there before the audit began, is shown as far as the log knows it.`,
		Example: `  whimbrel audit row pizza 42
  whimbrel audit row shop.line order=3,line=2 --at "2026-11-22 10:15"`,
		Args: cobra.ExactArgs(2),
		RunE: s.runE(func(ctx context.Context, args []string) (result, error) { return r.run(ctx, args[0], args[1]) }),
	}
	r.target.addFlags(c)
	c.Flags().StringVar(&r.at, "at", "", "the row as it was at this `TIME`, or time ago")
	return c
}

func (r *auditRowCommand) run(ctx context.Context, model, key string) (result, error) {
	a, err := r.openAudit(ctx, r.target)
	if err != nil {
		return nil, err
	}
	defer a.close()
	names, err := a.model(ctx, model)
	if err != nil {
		return nil, err
	}
	keys, err := a.keys(ctx, names, key)
	if err != nil {
		return nil, err
	}
	records, err := a.life(ctx, names, keys)
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, noRow(model, key)
	}
	found := newAuditRowResult(names[len(names)-1].Name, records)
	if r.at == "" {
		return found, nil
	}
	last, err := a.db.AuditRecords(ctx, postgres.AuditQuery{Models: names, Until: r.at, Limit: 1})
	if err != nil {
		return nil, err
	}
	found.cut(last)
	return found, nil
}

func noRow(model, key string) error {
	return diag.Diagnostic{
		Code: "WH0152", Summary: fmt.Sprintf("the audit log has no row %s of %s", key, model),
		Detail: "No change of it is recorded.", Next: "see the last changes: whimbrel audit log " + model,
	}
}

type rawKey = json.RawMessage

// maxMoves is how many changes of its primary key a row is followed through.
const maxMoves = 100

// life returns the records of a row, the oldest first.
func (a *auditing) life(ctx context.Context, names []postgres.AuditName, keys []rawKey) ([]postgres.AuditRecord, error) {
	whole := postgres.AuditQuery{Models: names, Rows: keys, Truncations: true, Oldest: true}
	records, err := a.db.AuditRecords(ctx, whole)
	if err != nil || !slices.ContainsFunc(records, func(r postgres.AuditRecord) bool { return r.Row != nil }) {
		return nil, err
	}
	if records, err = a.before(ctx, whole, records); err != nil {
		return nil, err
	}
	return a.after(ctx, whole, records)
}

// before puts the life of a row under its earlier primary keys in front. What
// had the key before the row got it is another row.
func (a *auditing) before(ctx context.Context, whole postgres.AuditQuery, records []postgres.AuditRecord) ([]postgres.AuditRecord, error) {
	seen := len(records) // records from here on are looked through
	for range maxMoves {
		i := len(records[:seen]) - 1
		for i >= 0 && earlierKey(records[i]) == nil {
			i--
		}
		if i < 0 {
			return records, nil
		}
		query := whole
		query.Rows, query.Before = []rawKey{earlierKey(records[i])}, records[i].ID
		earlier, err := a.db.AuditRecords(ctx, query)
		if err != nil {
			return nil, err
		}
		records, seen = slices.Concat(earlier, records[i:]), len(earlier)
	}
	return records, nil
}

// after adds the life of a row under later primary keys.
func (a *auditing) after(ctx context.Context, whole postgres.AuditQuery, records []postgres.AuditRecord) ([]postgres.AuditRecord, error) {
	for range maxMoves {
		last := records[len(records)-1]
		if last.Row == nil || last.Operation == "DELETE" || last.Operation == "TRUNCATE" {
			return records, nil
		}
		query := whole
		query.Rows, query.Truncations, query.MovedFrom, query.After, query.Limit = nil, false, last.Row, last.ID, 1
		moved, err := a.db.AuditRecords(ctx, query)
		if err != nil || len(moved) == 0 {
			return records, err
		}
		query = whole
		query.Rows, query.After = []rawKey{moved[0].Row}, moved[0].ID-1
		later, err := a.db.AuditRecords(ctx, query)
		if err != nil || len(later) == 0 {
			return records, err
		}
		records = append(records, later...)
	}
	return records, nil
}

// earlierKey returns the primary key that a row had before an update, nil if the
// update did not change it.
func earlierKey(r postgres.AuditRecord) rawKey {
	if r.Operation != "UPDATE" {
		return nil
	}
	key, old, moved := fieldsOf(r.Row), fieldsOf(r.Old), false
	for name := range key {
		if value, ok := old[name]; ok {
			key[name], moved = value, true
		}
	}
	if !moved {
		return nil
	}
	encoded, err := json.Marshal(key)
	if err != nil {
		return nil // values that were read can be written
	}
	return encoded
}

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
		old, now := fieldsOf(record.Old), fieldsOf(record.New)
		switch {
		case record.Operation == "INSERT" || record.Operation == "SNAPSHOT":
			state, partial = now, false
		case record.Operation == "UPDATE" && wholeRow(old, now):
			state, partial = now, false
		case record.Operation == "UPDATE":
			state = maps.Clone(state)
			maps.Copy(state, now)
		default:
			state, partial = nil, false
		}
		if record.Operation == "UPDATE" && state == nil {
			state = fields{}
		}
		r.Steps = append(r.Steps, &auditStep{auditRecord: newAuditRecord(record), State: state, Partial: partial && state != nil})
		if record.Row != nil {
			r.Row = record.Row
		}
	}
	return r
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
		if len(newest) > 0 && step.ID <= newest[0].ID {
			kept = append(kept[:0], step)
		}
	}
	r.Steps = kept
}

func (r *auditRowResult) print(p *printer) {
	p.line("%s %s", p.bold(shown(r.Model)), keyText(r.Row))
	if r.cutOff && len(r.Steps) == 0 {
		p.line("  not there at that time, as far as the log knows")
	}
	for _, step := range r.Steps {
		p.line("")
		step.print(p)
	}
}

func (s *auditStep) print(p *printer) {
	p.line("%s", s.head(p))
	what := s.Operation
	if s.State == nil {
		what += "  the row is not there any more"
	}
	p.line("  %s", what)
	changed := map[string]auditChange{}
	for _, c := range s.Changes {
		changed[c.Field] = c
	}
	for _, name := range slices.Sorted(maps.Keys(s.State)) {
		c, is := changed[name]
		switch {
		case is && s.Operation == "UPDATE":
			p.line("  * %s", p.bold(strings.Join([]string{shown(name), ": ", value(s.State[name])}, ""))+p.dim("  was "+value(c.Old)))
		default:
			p.line("    %s: %s", shown(name), value(s.State[name]))
		}
	}
	if s.Partial {
		p.line("    %s", p.dim("and what did not change since the audit began"))
	}
}
