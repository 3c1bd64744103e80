package triggers

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// auditAttrs are the attributes of an audit trigger.
type auditAttrs struct {
	Actor    string        `json:"actor"`
	Context  string        `json:"context"`
	Exclude  []address.Ref `json:"exclude"`
	Fields   []address.Ref `json:"fields"`
	Mask     []address.Ref `json:"mask"`
	New      string        `json:"new"`
	Snapshot bool          `json:"snapshot"`
	Truncate string        `json:"truncate"`
}

// What an audit does with a TRUNCATE besides one record.
const (
	truncateRows   = "rows"
	truncateRefuse = "refuse"
)

// newChanged: of an update only what changed is recorded, not the whole new row.
const newChanged = "changed"

// defaultContext is the setting that is recorded where none is named.
const defaultContext = "whimbrel.audit_context"

// An audit is an audit trigger with what its SQL is made of.
type audit struct {
	*table
	auditAttrs
	recorded []column
	model    string // as it stands in the records
	name     string // of the function, and the beginning of the triggers'
}

func buildAudit(s *state.State, o *state.Object, called naming) (built, error) {
	a, err := readAudit(s, o)
	if err != nil {
		return built{}, err
	}
	a.model = called(a.address).Path()
	f := a.function()
	b := built{verb: "audit_trigger", noun: "audit trigger of " + a.address.Path()}
	b.names = []string{operation.Name("function", logSchema, a.name)}
	b.create = f.create()
	b.drop = []string{f.drop()}
	for _, t := range a.triggers() {
		name := a.name + "_" + t.letter
		b.create = append(b.create, fmt.Sprintf("CREATE TRIGGER %s %s ON %s\n    %s EXECUTE FUNCTION %s()",
			address.Quote("audit_"+name), t.timing(), a.sql(), t.what, f.name))
		b.drop = append(b.drop, fmt.Sprintf("DROP TRIGGER %s ON %s", address.Quote("audit_"+name), a.sql()))
		b.names = append(b.names, operation.Name("trigger", a.Schema, a.Table, "audit_"+name))
	}
	slices.Reverse(b.drop)
	if a.Snapshot { // creating the triggers has locked out other writers
		b.first = []string{a.snapshot()}
	}
	return b, nil
}

func readAudit(s *state.State, o *state.Object) (*audit, error) {
	t, err := readTable(s, o.Parent)
	if err != nil {
		return nil, err
	}
	if t.Unmanaged {
		return nil, unmanaged(t, "an audit trigger")
	}
	attrs, err := state.Decode[auditAttrs](o)
	if err != nil {
		return nil, fmt.Errorf("reading the attributes: %w", err)
	}
	a := &audit{table: t, auditAttrs: attrs, name: uniqueName("", t.Table, t.Schema, t.Table)}
	if a.Context == "" {
		a.Context = defaultContext
	}
	for _, c := range t.columns {
		c.masked = slices.Contains(attrs.Mask, address.RefTo(c.address))
		if c.masked && slices.ContainsFunc(t.key, func(k column) bool { return k.address == c.address }) {
			return nil, maskedKey(c)
		}
		if attrs.records(c) {
			a.recorded = append(a.recorded, c)
		}
	}
	return a, nil
}

// maskedKey returns the mistake to hide what tells rows apart.
func maskedKey(c column) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH6108",
		Summary: "field " + c.address.Path() + " of the primary key cannot be masked",
		Detail:  "The primary key is in every record, as it says which row the record is about.",
		Next:    "take " + c.address.Name() + " out of mask",
	}
}

func (a auditAttrs) records(c column) bool {
	ref := address.RefTo(c.address)
	return (len(a.Fields) == 0 || slices.Contains(a.Fields, ref)) && !slices.Contains(a.Exclude, ref)
}

// An auditTrigger is one of the triggers of an audit.
type auditTrigger struct {
	letter, event, what string
	before              bool
}

func (t auditTrigger) timing() string {
	if t.before {
		return "BEFORE " + t.event
	}
	return "AFTER " + t.event
}

// triggers returns the triggers on the table. They are for statements: the rows
// of one come together, which is faster than a call for each. One that changes
// primary keys says so first, by the trigger for rows.
func (a *audit) triggers() []auditTrigger {
	list := []auditTrigger{
		{letter: "i", event: "INSERT", what: "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT"},
		{letter: "u", event: "UPDATE", what: "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT"},
		{letter: "d", event: "DELETE", what: "REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT"},
		{letter: "t", event: "TRUNCATE", what: "FOR EACH STATEMENT", before: a.Truncate == truncateRows || a.Truncate == truncateRefuse},
	}
	if len(a.key) > 0 {
		list = append(list, auditTrigger{letter: "k", event: "UPDATE", what: "FOR EACH ROW WHEN (" + anyDiffers(a.key) + ")"})
	}
	return list
}

// function returns the function of all triggers. Its plans are kept: one that was
// made for the update of a row must not compare each row with each in that of a
// thousand.
func (a *audit) function() function {
	return function{
		name: address.Qualify(logSchema, a.name), path: safePath, sets: " SET enable_nestloop = off", body: a.body(),
	}
}
