package triggers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// auditAttrs are the attributes of an audit trigger.
type auditAttrs struct {
	Actor     string        `json:"actor"`
	Always    bool          `json:"always"`
	Context   string        `json:"context"`
	Exclude   []address.Ref `json:"exclude"`
	Fields    []address.Ref `json:"fields"`
	History   string        `json:"history"`
	Level     string        `json:"level"`
	Mask      []address.Ref `json:"mask"`
	New       string        `json:"new"`
	Partition string        `json:"partition"`
	Retention string        `json:"retention"`
	Snapshot  bool          `json:"snapshot"`
	Storage   string        `json:"storage"`
	Truncate  string        `json:"truncate"`
}

// What the triggers of an audit are for. Those of constraint triggers have the
// same names.
const levelAuto = "auto"

// What an audit does with a TRUNCATE besides one record.
const (
	truncateRows   = "rows"
	truncateRefuse = "refuse"
)

// newFull: of an update the whole new row is recorded, not only what changed.
const newFull = "full"

// An audit is an audit trigger with what its SQL is made of.
type audit struct {
	*table
	auditAttrs
	recorded columns
	model    string // as it stands in the records
	name     string // of the function, and the beginning of the triggers'
	history  string // the history table, in the schema of the log; empty for the log
	former   bool   // see audit_former.go
}

func buildAudit(s *state.State, o *state.Object, called naming) (built, error) {
	a, err := readAudit(s, o)
	if err != nil {
		return built{}, err
	}
	a.model = called(a.address).Path()
	b := built{verb: "audit_trigger", noun: "audit trigger of " + a.address.Path(), audit: a, holds: a.holds()}
	b.names = []string{operation.Name("function", record.Schema, a.name)}
	a.addHistory(&b)
	a.addRetention(&b)
	a.addTriggers(&b)
	if a.Snapshot { // creating the triggers has locked out other writers
		b.first = []string{a.snapshot()}
	}
	return b, nil
}

// addTriggers adds the function and the triggers that run it.
func (a *audit) addTriggers(b *built) {
	f := a.function()
	b.create = append(b.create, f.create()...)
	b.create = append(b.create, a.notes()...)
	drop := []string{f.drop()}
	for _, t := range a.triggers() {
		name := t.first + "audit_" + a.name + "_" + t.letter
		b.create = append(b.create, fmt.Sprintf("CREATE TRIGGER %s %s ON %s\n    %s EXECUTE FUNCTION %s",
			address.Quote(name), t.timing(), a.sql(), t.what, cmp.Or(t.calls, f.name+"()")))
		if a.Always {
			b.create = append(b.create, fmt.Sprintf("ALTER TABLE %s ENABLE ALWAYS TRIGGER %s", a.sql(), address.Quote(name)))
		}
		drop = append(drop, fmt.Sprintf("DROP TRIGGER %s ON %s", address.Quote(name), a.sql()))
		b.names = append(b.names, operation.Name("trigger", a.Schema, a.Table, name))
	}
	slices.Reverse(drop)
	b.drop = append(drop, b.drop...)
}

func readAudit(s *state.State, o *state.Object) (*audit, error) {
	t, err := readTable(s, o.Parent)
	if err != nil {
		return nil, err
	}
	attrs, err := state.Decode[auditAttrs](o)
	if err != nil {
		return nil, fmt.Errorf("reading the attributes: %w", err)
	}
	if t.Unmanaged && attrs.Level != levelRow {
		return nil, unmanagedAudit(t)
	}
	a := &audit{table: t, auditAttrs: attrs, name: uniqueName("", t.Table, t.Schema, t.Table), former: o.Rendering < auditRendering}
	a.nameInHistory()
	if a.Context == "" {
		a.Context = record.ContextSetting
	}
	if a.Storage == record.InHistory {
		a.history = historyTable(attrs, t)
	}
	return a, a.chooseColumns()
}

// chooseColumns reads what is recorded and masked.
func (a *audit) chooseColumns() error {
	for _, c := range a.columns {
		c.masked = slices.Contains(a.Mask, address.RefTo(c.address))
		if c.masked && slices.ContainsFunc(a.key, func(k column) bool { return k.address == c.address }) {
			return maskedKey(c)
		}
		if a.records(c) {
			a.recorded = append(a.recorded, c)
		}
	}
	slices.SortFunc(a.recorded, asInObjects)
	return nil
}

// asInObjects is the order that jsonb keeps the names of an object in: what comes
// in it need not be sorted for each row.
func asInObjects(a, b column) int {
	if d := len(a.name) - len(b.name); d != 0 {
		return d
	}
	return strings.Compare(a.name, b.name)
}

func (a auditAttrs) records(c column) bool {
	ref := address.RefTo(c.address)
	return (len(a.Fields) == 0 || slices.Contains(a.Fields, ref)) && !slices.Contains(a.Exclude, ref)
}

// byRow reports whether the triggers are for rows. Those of a replica have to
// be: what it gets from its publisher runs no others.
func (a auditAttrs) byRow() bool {
	return a.Level == levelRow || a.Always && a.Level != levelStatement
}

// An auditTrigger is one of the triggers of an audit.
type auditTrigger struct {
	letter, event, what string
	first               string // in front of its name, to be called before all others
	calls               string // another function than that of the audit
	before              bool
}

func (t auditTrigger) timing() string {
	if t.before {
		return "BEFORE " + t.event
	}
	return "AFTER " + t.event
}

const (
	anyChange = "INSERT OR UPDATE OR DELETE"
	// beforeOthers sorts before the names of other triggers.
	beforeOthers = "!"
)

// triggers returns the triggers on the table. They are for statements: the rows
// of one come together, which is faster than a call for each. One for rows says when
// that was, see mark.go.
func (a *audit) triggers() []auditTrigger {
	truncate := auditTrigger{
		letter: "t", event: "TRUNCATE", what: "FOR EACH STATEMENT",
		before: a.Truncate == truncateRows || a.Truncate == truncateRefuse,
	}
	switch {
	case a.former && a.byRow():
		return append(a.formerTriggers(), truncate)
	case a.former:
		list := a.formerTriggers()
		return slices.Insert(list, 3, truncate)
	case a.byRow():
		return []auditTrigger{{letter: "r", event: anyChange, what: "FOR EACH ROW", first: beforeOthers}, truncate}
	}
	mark := auditTrigger{
		letter: "m", event: anyChange, what: "FOR EACH ROW", first: beforeOthers,
		calls: record.Schema + ".mark(" + address.Literal(a.sequence()) + ")",
	}
	return append(a.statementTriggers(), truncate, mark)
}

func (a *audit) statementTriggers() []auditTrigger {
	return []auditTrigger{
		{letter: "i", event: "INSERT", what: "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT"},
		{letter: "u", event: "UPDATE", what: "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT"},
		{letter: "d", event: "DELETE", what: "REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT"},
	}
}

// function returns the function of all triggers. Only one that reads the table
// itself is concerned by row security.
func (a *audit) function() function {
	return function{
		name: address.Qualify(record.Schema, a.name), path: safePath, readsNothing: a.Truncate != truncateRows, sets: a.pinned(), body: a.body(),
	}
}
