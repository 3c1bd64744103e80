package triggers

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// constraintAttrs are the attributes of a constraint trigger.
type constraintAttrs struct {
	Deferrable string           `json:"deferrable"`
	Error      string           `json:"error"`
	Hint       string           `json:"hint"`
	Initially  string           `json:"initially"`
	Isolation  string           `json:"isolation"`
	Level      string           `json:"level"`
	Query      expression.Query `json:"query"`
	Validate   *bool            `json:"validate"`
}

// The isolation levels of the transactions that a constraint holds for. Without
// one it is read committed.
const (
	anyIsolation = "any"
	serializable = "serializable"
)

// A constraint is a constraint trigger with what its SQL is made of.
type constraint struct {
	constraintAttrs
	query
	table  *table // of the model that declares it
	label  string
	prefix string // of the names of its functions and triggers
	when   timing
}

func buildConstraint(s *state.State, o *state.Object, at naming) (built, error) {
	c, err := readConstraint(s, o, at)
	if err != nil {
		return built{}, err
	}
	b := built{verb: "constraint_trigger", noun: "constraint trigger " + c.label + " of " + c.table.address.Path()}
	if c.Isolation == anyIsolation && c.locking() != lockNothing {
		b.create = append(b.create, createLockRows(c.lockTable()))
		b.drop = append(b.drop, "DROP TABLE "+c.lockTable())
	}
	create, drop := c.bulk()
	b.create, b.drop = append(b.create, create...), append(b.drop, drop...)
	b.names = c.tableNames()
	for _, f := range c.functions() {
		b.create = append(b.create, f.create()...)
		b.drop = append(b.drop, f.drop())
	}
	for _, t := range c.watched() {
		b.create = append(b.create, c.createTrigger(t))
		b.drop = append(b.drop, fmt.Sprintf("DROP TRIGGER %s ON %s", c.triggerName(t), c.joins[t.at].sql()))
		if a := c.joins[t.at].address; !slices.Contains(b.locks, a) {
			b.locks = append(b.locks, a)
		}
		b.names = append(b.names, operation.Name("trigger", c.joins[t.at].Schema, c.joins[t.at].Table, c.prefix+t.suffix))
	}
	if c.Validate == nil || *c.Validate {
		b.create = append(b.create, c.checkRows())
		b.check = c.checkRows()
	}
	// A table with a check that is still due cannot be altered.
	b.drop = append(b.drop, "SET CONSTRAINTS ALL IMMEDIATE")
	slices.Reverse(b.drop)
	b.warnings, b.holds = c.warnings(s, o), c.holds()
	return b, nil
}

func readConstraint(s *state.State, o *state.Object, at naming) (*constraint, error) {
	c := &constraint{label: at(o.Address).Name()}
	var err error
	if c.constraintAttrs, err = state.Decode[constraintAttrs](o); err != nil {
		return nil, fmt.Errorf("reading the attributes: %w", err)
	}
	f := readFormer(o)
	if c.query, err = compileQuery(s, c.Query, readModels(o), f); err != nil {
		return nil, err
	}
	if c.table, err = readTable(s, o.Parent); err != nil {
		return nil, err
	}
	if c.table.Unmanaged {
		return nil, unmanaged(c.table, "a constraint trigger")
	}
	if c.Level == "" {
		c.Level = levelRow
	}
	if c.when, err = c.timing(); err != nil {
		return nil, err
	}
	if f != nil {
		f.atOnce = c.when != deferred
	}
	c.prefix = uniqueName("ct_", c.label, c.identity()...) + "_"
	return c, nil
}

// readModels returns the models that a constraint is built on, besides its own.
func readModels(o *state.Object) []address.Address {
	var list []address.Address
	for _, r := range o.Refs {
		if r.Target.Kind() == model.ModelKind && r.Target != o.Parent {
			list = append(list, r.Target)
		}
	}
	return list
}

func (c *constraint) lockTable() string { return address.Qualify(c.table.Schema, c.prefix+"lock") }

func (c *constraint) lockbox() lockbox {
	l := lockbox{query: &c.query, class: lockClass(c.identity()...)}
	if c.Isolation == anyIsolation {
		l.rows = c.lockTable()
	}
	return l
}

// identity tells the constraint from all others in the database.
func (c *constraint) identity() []string { return []string{c.table.Schema, c.table.Table, c.label} }

// unmanaged returns the mistake to want something of a table that is not ours.
func unmanaged(t *table, what string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH6101",
		Summary: what + " needs a managed model, and " + t.address.Path() + " is not",
		Detail:  "A model with managed = false is somebody else's table, which is never changed.",
		Next:    "take the option or managed = false out of the model",
	}
}

// watched returns the triggers on tables that are ours.
func (c *constraint) watched() []trigger {
	list := slices.DeleteFunc(c.triggers(), func(t trigger) bool {
		return c.joins[t.at].Unmanaged || t.goes && len(c.guard()) == 0 && len(c.goLocks(t)) == 0
	})
	for i, t := range list {
		if c.setWise(t) {
			list[i] = together(t)
		}
	}
	return list
}

// functions returns a function for each kind of row that is checked.
func (c *constraint) functions() []function {
	var list []function
	seen := map[string]bool{}
	for _, t := range c.watched() {
		if !seen[t.function] {
			seen[t.function] = true
			list = append(list, function{
				name: c.functionName(t), path: c.path(), body: c.body(t),
			})
		}
	}
	return list
}

// path returns the search_path of the functions. A collation can be the user's
// own; rows name it by themselves, lists of keys do not.
func (c *constraint) path() string {
	s := c.syntax
	for _, k := range c.keys {
		s.known = s.known && (c.Level == levelRow || k.column == nil || k.column.collate == "" || k.column.collate == "C")
	}
	return s.searchPath(c.table.Schema)
}

func (c *constraint) functionName(t trigger) string {
	return address.Qualify(c.table.Schema, c.prefix+t.function)
}

func (c *constraint) triggerName(t trigger) string { return address.Quote(c.prefix + t.suffix) }

// body locks, then checks. A column of the user's that is named like a variable
// of PL/pgSQL is the column.
func (c *constraint) body(t trigger) string {
	switch {
	case t.comes:
		return c.comeBody(t)
	case t.goes:
		return c.goBody(t)
	case t.set:
		return c.setBody(t)
	}
	check := c.sql()
	if t.row != "" {
		check = c.check(t.at, t.row)
	}
	return c.block(nil, append(c.locks(c.lockbox().statements(t)), c.refusal(check, c.Hint)...))
}

func (c *constraint) createTrigger(t trigger) string {
	table := c.joins[t.at].sql()
	call := "EXECUTE FUNCTION " + c.functionName(t) + "()"
	if t.event == "TRUNCATE" { // PostgreSQL has no constraint triggers for it
		return fmt.Sprintf("CREATE TRIGGER %s AFTER TRUNCATE ON %s FOR EACH STATEMENT %s", c.triggerName(t), table, call)
	}
	if t.set {
		return fmt.Sprintf("CREATE TRIGGER %s AFTER %s ON %s %s\n    FOR EACH STATEMENT %s",
			c.triggerName(t), t.event, table, t.transition(), call)
	}
	sql := fmt.Sprintf("CREATE CONSTRAINT TRIGGER %s AFTER %s ON %s %s\n    FOR EACH ROW",
		c.triggerName(t), t.event, table, c.when.sql())
	if t.when != "" {
		sql += " WHEN (" + t.when + ")"
	}
	return sql + " " + call
}
