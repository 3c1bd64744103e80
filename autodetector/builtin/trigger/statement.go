package trigger

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/sdk"
)

// create returns the statements that make a trigger.
func create(at sdk.Moment, o *sdk.Object, t attrs) []string {
	kind := "TRIGGER "
	if t.isConstraint() {
		kind = "CONSTRAINT TRIGGER "
	}
	texts := []string{"CREATE " + kind + definition(at, o, t)}
	if t.Enabled != "" {
		texts = append(texts, enable(at, o, t))
	}
	if t.Comment != "" {
		texts = append(texts, sdk.Comment(naming(at, o, t), t.Comment))
	}
	return texts
}

func drop(at sdk.Moment, o *sdk.Object, t attrs) string {
	return "DROP TRIGGER " + sdk.Ident(t.Name) + " ON " + relation(at, o, t)
}

// relation returns the table or view that a trigger is on.
func relation(at sdk.Moment, o *sdk.Object, t attrs) string {
	if t.View != nil {
		return at.Qualified(t.View.Address)
	}
	return at.Table(o.Parent)
}

// naming names a trigger for COMMENT.
func naming(at sdk.Moment, o *sdk.Object, t attrs) string {
	return "TRIGGER " + sdk.Ident(t.Name) + " ON " + relation(at, o, t)
}

// rename returns the statements that give a trigger another name. A constraint
// trigger has a constraint, which keeps its name otherwise.
func rename(at sdk.Moment, o *sdk.Object, from, to attrs) []string {
	if from.Name == to.Name {
		return nil
	}
	table := relation(at, o, to)
	texts := []string{"ALTER TRIGGER " + sdk.Ident(from.Name) + " ON " + table + " RENAME TO " + sdk.Ident(to.Name)}
	if from.isConstraint() {
		texts = append(texts, "ALTER TABLE "+table+" RENAME CONSTRAINT "+sdk.Ident(from.Name)+" TO "+sdk.Ident(to.Name))
	}
	return texts
}

// alter returns the changes but for that of the name. A definition that takes the
// place of another one is on again, whatever that was.
func alter(at sdk.Moment, o *sdk.Object, from, to attrs) []string {
	var texts []string
	redefined := !sdk.Same(from.definition(), to.definition())
	if redefined {
		texts = append(texts, "CREATE OR REPLACE TRIGGER "+definition(at, o, to))
	}
	if from.Enabled != to.Enabled && !redefined || redefined && to.Enabled != "" {
		texts = append(texts, enable(at, o, to))
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment(naming(at, o, to), to.Comment))
	}
	return texts
}

// enable says in which sessions a trigger fires.
func enable(at sdk.Moment, o *sdk.Object, t attrs) string {
	verb := map[string]string{"": "ENABLE", "always": "ENABLE ALWAYS", "replica": "ENABLE REPLICA", "false": "DISABLE"}[t.Enabled]
	return "ALTER TABLE " + relation(at, o, t) + " " + verb + " TRIGGER " + sdk.Ident(t.Name)
}

// definition is what stands behind CREATE TRIGGER.
func definition(at sdk.Moment, o *sdk.Object, t attrs) string {
	text := sdk.Ident(t.Name) + "\n" + strings.ToUpper(strings.ReplaceAll(t.When, "_", " ")) + " " + fired(at, t) + " ON " + relation(at, o, t)
	for _, clause := range clauses(at, t) {
		text += "\n" + clause
	}
	return text + "\nEXECUTE FUNCTION " + call(at, t)
}

// fired returns the events with OR between them.
func fired(at sdk.Moment, t attrs) string {
	var list []string
	for _, event := range events {
		if !slices.Contains(t.On, event) {
			continue
		}
		text := strings.ToUpper(event)
		if event == update && len(t.Of) > 0 {
			text += " OF " + at.Columns(t.Of)
		}
		list = append(list, text)
	}
	return strings.Join(list, " OR ")
}

// clauses returns what stands between the table and the function.
func clauses(at sdk.Moment, t attrs) []string {
	var list []string
	if t.From != nil {
		list = append(list, "FROM "+at.Table(t.From.Address))
	}
	if t.Deferrable != "" {
		list = append(list, "DEFERRABLE INITIALLY "+strings.ToUpper(t.Deferrable))
	}
	if tables := transition(t); tables != "" {
		list = append(list, "REFERENCING"+tables)
	}
	if t.Each == row {
		list = append(list, "FOR EACH ROW")
	} else {
		list = append(list, "FOR EACH STATEMENT")
	}
	if t.If != nil {
		list = append(list, "WHEN ("+at.Text(*t.If)+")")
	}
	return list
}

// transition returns the tables with the rows as they were and as they are.
func transition(t attrs) string {
	text := ""
	for _, side := range sides {
		if name := t.Referencing[side]; name != "" {
			text += " " + strings.ToUpper(side) + " TABLE AS " + sdk.Ident(name)
		}
	}
	return text
}

// call returns the call of the function.
func call(at sdk.Moment, t attrs) string {
	args := make([]string, len(t.Args))
	for i, arg := range t.Args {
		args[i] = sdk.Literal(arg)
	}
	name := routine.Undeclared(t.Undeclared)
	if t.Execute != nil {
		name = at.Qualified(t.Execute.Address)
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}
