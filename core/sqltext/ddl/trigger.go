package ddl

// A CreateTrigger is CREATE TRIGGER.
type CreateTrigger struct {
	Name       string
	Place      Span
	Table      Name
	Function   Name
	Arguments  []string
	When       string // before, after, instead_of
	Events     []string
	Of         []string
	Row        bool
	If         *Expr
	Constraint bool
	Deferrable string // immediate or deferred
	From       Name
	OldTable   string
	NewTable   string
}

// Bits of pg_trigger.tgtype.
const (
	triggerBefore   = 2
	triggerInsert   = 4
	triggerDelete   = 8
	triggerUpdate   = 16
	triggerTruncate = 32
	triggerInstead  = 64
)

func (r *reader) createTrigger(n node) Definition {
	t := CreateTrigger{
		Name: n.text("trigname"), Place: r.relationPlace(n.of("relation")), Table: n.relation("relation"), Function: nameOf(n.strings("funcname")),
		Arguments: n.strings("args"), Of: n.strings("columns"), Row: n.flag("row"), Constraint: n.flag("isconstraint"), From: n.relation("constrrel"),
	}
	timing, events := n.number("timing"), n.number("events")
	t.When = map[int]string{triggerBefore: "before", triggerInstead: "instead_of"}[timing]
	if t.When == "" {
		t.When = "after"
	}
	for _, e := range []struct {
		bit  int
		name string
	}{{triggerInsert, "insert"}, {triggerDelete, "delete"}, {triggerUpdate, "update"}, {triggerTruncate, "truncate"}} {
		if events&e.bit != 0 {
			t.Events = append(t.Events, e.name)
		}
	}
	if n.flag("deferrable") {
		t.Deferrable = "immediate"
	}
	if n.flag("initdeferred") {
		t.Deferrable = "deferred"
	}
	for _, v := range n.list("transitionRels") {
		_, table := open(v)
		if table.flag("isNew") {
			t.NewTable = table.text("name")
		} else {
			t.OldTable = table.text("name")
		}
	}
	if n["whenClause"] != nil {
		t.If = r.inBrackets(n["whenClause"], r.find(r.find(r.index(n.of("relation").number("location")), "when"), "("))
	}
	return t
}

// A CreateEventTrigger is CREATE EVENT TRIGGER.
type CreateEventTrigger struct {
	Name     string
	Place    Span
	Event    string
	Tags     []string
	Function Name
	Unread   []string // conditions on something else than tags
}

func (r *reader) createEventTrigger(n node) Definition {
	t := CreateEventTrigger{Name: n.text("trigname"), Event: n.text("eventname"), Function: nameOf(n.strings("funcname"))}
	_, t.Place = r.cut(3, 4)
	for _, o := range r.options(n.list("whenclause")) {
		if o.Name == "tag" {
			t.Tags = append(t.Tags, o.Names...)
		} else {
			t.Unread = append(t.Unread, o.Name)
		}
	}
	return t
}

// An AlterEventTrigger says in which sessions an event trigger fires.
type AlterEventTrigger struct {
	Name    string
	Place   Span
	Enabled string // always, replica, false, or empty for the usual ones
}

func (r *reader) alterEventTrigger(n node) Definition {
	_, place := r.cut(3, 4)
	return AlterEventTrigger{Name: n.text("trigname"), Place: place, Enabled: map[string]string{"A": "always", "R": "replica", "D": "false"}[n.text("tgenabled")]}
}
