package builtin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/key"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// constraints owns the constraints of tables.
type constraints struct{ *work }

func (x constraints) create(o *state.Object) {
	op := creation(o)
	op.Up, op.Down = operation.SQL(x.to.addConstraint(o)), operation.SQL(x.to.dropConstraint(o))
	op.Inline = x.inline(x.pass.To, x.to, o)
	op.Takes = x.to.constraintNames(o)
	op.Needs = x.restsAfter(decode[model.Constraint](x.work, o))
	if x.existing(o.Parent) && hasIndex(decode[model.Constraint](x.work, o)) {
		op.Hazard = []operation.Hazard{key.Build(o.Address, x.to.table(o.Parent))}
	}
	x.emit(x.managed(x.pass.To, o), op)
}

func (x constraints) drop(o *state.Object) {
	op := removal(o)
	op.Up, op.Down = operation.SQL(x.from.dropConstraint(o)), operation.SQL(x.from.addConstraint(o))
	op.Inline = x.inline(x.pass.From, x.from, o)
	op.Frees = x.from.constraintNames(o)
	op.Needs = x.restsBefore(decode[model.Constraint](x.work, o))
	x.emit(x.managed(x.pass.From, o), op)
}

// alter renames a constraint or changes when a foreign key is checked; all else
// makes it anew.
func (x constraints) alter(before, after *state.Object, replace bool) {
	was, is := decode[model.Constraint](x.work, before), decode[model.Constraint](x.work, after)
	deferring := was.Type == model.ForeignKey && sameBut(before, after, "name", "deferrable")
	if replace || !deferring && !sameBut(before, after, "name") {
		x.replace(before, after)
		return
	}
	op := alteration(after)
	table := x.to.table(after.Parent)
	op.Up, op.Down = alterConstraint(table, was, is), alterConstraint(table, is, was)
	if was.Name != is.Name {
		op.Summary += ": rename to " + is.Name
		exchange(&op, x.from.constraintNames(before), x.to.constraintNames(after))
		op.Touches = touch(after.Address, state.Name)
	}
	x.emit(x.managed(x.pass.To, after) && x.managed(x.pass.From, before), op)
}

// replace drops a constraint and makes it again. A foreign key that rests on it
// does not survive that, so it is touched.
func (x constraints) replace(before, after *state.Object) {
	x.drop(before)
	last := len(x.result.Operations) - 1
	x.result.Operations[last].Touches = touch(before.Address, everything)
	x.create(after)
}

func alterConstraint(table string, from, to model.Constraint) []operation.Statement {
	var texts []string
	if from.Name != to.Name {
		texts = append(texts, "ALTER TABLE "+table+" RENAME CONSTRAINT "+address.Quote(from.Name)+" TO "+address.Quote(to.Name))
	}
	if from.Deferrable != to.Deferrable {
		mode := " NOT DEFERRABLE"
		if to.Deferrable != "" {
			mode = deferrable(to)
		}
		texts = append(texts, "ALTER TABLE "+table+" ALTER CONSTRAINT "+address.Quote(to.Name)+mode)
	}
	return operation.SQL(texts...)
}

// inline returns a constraint as a clause of CREATE TABLE. Of two unique ones over
// the same columns PostgreSQL would keep only the first there, without a word, so
// the other one stays an operation of its own.
func (x constraints) inline(s *state.State, v view, o *state.Object) *operation.Inline {
	c := decode[model.Constraint](x.work, o)
	if c.Type == model.Unique {
		for _, sibling := range s.Children(o.Parent, model.ConstraintKind) {
			other := decode[model.Constraint](x.work, sibling)
			twin := hasIndex(other) && slices.Equal(c.Fields, other.Fields)
			if twin && (other.Type == model.PrimaryKey || address.Compare(sibling.Address, o.Address) < 0) {
				return nil
			}
		}
	}
	return &operation.Inline{Clause: operation.Clause{SQL: v.constraint(o), Group: 1, Rank: o.Rank}}
}

func (v view) addConstraint(o *state.Object) string {
	return "ALTER TABLE " + v.table(o.Parent) + " ADD " + v.constraint(o)
}

func (v view) dropConstraint(o *state.Object) string {
	name := decode[model.Constraint](v.work, o).Name
	return "ALTER TABLE " + v.table(o.Parent) + " DROP CONSTRAINT " + address.Quote(name)
}

// constraint returns the clause that defines a constraint.
func (v view) constraint(o *state.Object) string {
	c := decode[model.Constraint](v.work, o)
	if c.Type == model.Check && c.Check == nil || c.Type == model.ForeignKey && c.Target == nil {
		v.fail(fmt.Errorf("%s says nothing to check", o.Address))
		return ""
	}
	text := "CONSTRAINT " + address.Quote(c.Name) + " " + v.definition(c)
	if len(c.Include) > 0 {
		text += " INCLUDE (" + v.columns(c.Include) + ")"
	}
	if c.Where != nil {
		text += " WHERE (" + v.expression(*c.Where) + ")"
	}
	return text + deferrable(c)
}

func (v view) definition(c model.Constraint) string {
	switch c.Type {
	case model.PrimaryKey:
		return "PRIMARY KEY (" + v.columns(c.Fields) + ")"
	case model.Unique:
		distinct := ""
		if c.NullsNotDistinct {
			distinct = "NULLS NOT DISTINCT "
		}
		return "UNIQUE " + distinct + "(" + v.columns(c.Fields) + ")"
	case model.Check:
		return "CHECK (" + v.expression(*c.Check) + ")"
	case model.ForeignKey:
		return v.foreignKey(c)
	default:
		return v.exclusion(c)
	}
}

func (v view) foreignKey(c model.Constraint) string {
	return "FOREIGN KEY (" + v.columns(c.Fields) + ") REFERENCES " + v.table(c.Target.Address) +
		" (" + v.columns(c.TargetFields) + ")" + action(" ON UPDATE ", c.OnUpdate) + action(" ON DELETE ", c.OnDelete)
}

func (v view) exclusion(c model.Constraint) string {
	method := ""
	if c.Method != "" {
		method = "USING " + address.Quote(c.Method) + " "
	}
	return "EXCLUDE " + method + "(" + v.keys(c.Keys) + ")"
}

func action(event, name string) string {
	if name == "" || name == "no_action" {
		return ""
	}
	return event + strings.ToUpper(strings.ReplaceAll(name, "_", " "))
}

func deferrable(c model.Constraint) string {
	if c.Deferrable == "" {
		return ""
	}
	return " DEFERRABLE INITIALLY " + strings.ToUpper(c.Deferrable)
}

func hasIndex(c model.Constraint) bool {
	return c.Type == model.PrimaryKey || c.Type == model.Unique || c.Type == model.Exclude
}

// constraintNames are the names that a constraint has in the database: its own,
// within a table whatever that is called, and that of its index among the
// relations of the schema.
func (v view) constraintNames(o *state.Object) []string {
	m, c := v.model(o.Parent), decode[model.Constraint](v.work, o)
	names := []string{operation.Name("constraint", o.Parent.Path(), c.Name)}
	if hasIndex(c) {
		names = append(names, operation.Name("relation", m.Schema, c.Name))
	}
	return names
}
