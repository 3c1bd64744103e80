package aggregate

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// signature names an aggregate for DROP, ALTER and COMMENT.
func signature(at sdk.Moment, a attrs) string {
	return sdk.Qualified(a.Schema, a.Name) + parentheses(a, func(args []model.Argument) string { return routine.Inputs(at, args) })
}

// parentheses returns the arguments, those that it orders by behind ORDER BY.
func parentheses(a attrs, write func([]model.Argument) string) string {
	switch {
	case len(a.Args)+len(a.OrderBy) == 0:
		return "(*)"
	case len(a.OrderBy) == 0:
		return "(" + write(a.Args) + ")"
	}
	return "(" + strings.TrimPrefix(write(a.Args)+" ORDER BY ", " ") + write(a.OrderBy) + ")"
}

func create(at sdk.Moment, a attrs) []string {
	texts := []string{"CREATE AGGREGATE " + definition(at, a)}
	if a.Comment != "" {
		texts = append(texts, sdk.Comment("AGGREGATE "+signature(at, a), a.Comment))
	}
	return texts
}

// alter returns the changes but for those of name and schema.
func alter(at sdk.Moment, from, to attrs) []string {
	var texts []string
	if !sdk.Same(from.definition(), to.definition()) {
		texts = append(texts, "CREATE OR REPLACE AGGREGATE "+definition(at, to))
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("AGGREGATE "+signature(at, to), to.Comment))
	}
	return texts
}

// move returns the statements that give an aggregate another schema and name.
func move(at sdk.Moment, from, to attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER AGGREGATE "+signature(at, from)+" SET SCHEMA "+sdk.Ident(to.Schema))
		from.Schema = to.Schema
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER AGGREGATE "+signature(at, from)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}

// definition is what stands behind CREATE AGGREGATE.
func definition(at sdk.Moment, a attrs) string {
	text := sdk.Qualified(a.Schema, a.Name) + parentheses(a, func(args []model.Argument) string { return routine.Arguments(at, args) })
	return text + " (\n    " + strings.Join(clauses(at, a), ",\n    ") + "\n)"
}

// A list are the clauses of an aggregate, as they come together.
type list struct {
	at    sdk.Moment
	a     attrs
	texts []string
}

// clauses returns them in the order of PostgreSQL's manual.
func clauses(at sdk.Moment, a attrs) []string {
	l := &list{at: at, a: a}
	l.function(stateFunc)
	l.add("STYPE", at.Type(a.StateType.Type))
	l.number("SSPACE", a.StateSpace)
	l.final(finalFunc, a.FinalExtra, a.FinalModify)
	l.function(combineFunc)
	l.function(serialFunc)
	l.function(deserialFunc)
	l.text("INITCOND", a.InitCond)
	l.moving()
	l.add("SORTOP", operator(a.SortOp))
	if a.Parallel != "" && a.Parallel != "unsafe" {
		l.add("PARALLEL", strings.ToUpper(a.Parallel))
	}
	if a.Hypothetical {
		l.texts = append(l.texts, "HYPOTHETICAL")
	}
	return l.texts
}

// moving adds the clauses of a moving frame.
func (l *list) moving() {
	l.function(movingFunc)
	l.function(movingInverse)
	if l.a.MovingStateType != nil {
		l.add("MSTYPE", l.at.Type(l.a.MovingStateType.Type))
	}
	l.number("MSSPACE", l.a.MovingSpace)
	l.final(movingFinal, l.a.MovingExtra, l.a.MovingModify)
	l.text("MINITCOND", l.a.MovingInit)
}

// add adds a clause, if it says something.
func (l *list) add(word, value string) {
	if value != "" {
		l.texts = append(l.texts, word+" = "+value)
	}
}

func (l *list) number(word string, n *int64) {
	if n != nil {
		l.add(word, strconv.FormatInt(*n, 10))
	}
}

func (l *list) text(word string, text *string) {
	if text != nil {
		l.add(word, sdk.Literal(*text))
	}
}

// function adds a function, declared or not.
func (l *list) function(argument string) {
	name := routine.Undeclared(l.a.Undeclared[argument])
	if ref := l.a.declared(argument); ref != nil {
		name = l.at.Qualified(ref.Address)
	}
	l.add(strings.ToUpper(argument), name)
}

// final adds a final function with what is said of it.
func (l *list) final(argument string, extra bool, modify string) {
	l.function(argument)
	word := strings.ToUpper(argument)
	if extra {
		l.texts = append(l.texts, word+"_EXTRA")
	}
	l.add(word+"_MODIFY", strings.ToUpper(modify))
}

// operator returns an operator, which may have the name of a schema before it.
func operator(name string) string {
	if schema, sign, qualified := strings.Cut(name, "."); qualified {
		return "OPERATOR(" + sdk.Ident(schema) + "." + sign + ")"
	}
	return name
}
