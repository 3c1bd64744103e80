package runner

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A Reader says what the statements of a text do.
type Reader interface {
	Effects(text string) ([]parser.Act, error)
}

// run does what a statement does to the claims, as far as its text says so. What it may
// do besides is no longer claimed, so that nothing is missed that is rightly not there.
func (l *claims) run(reader Reader, sql, by string) {
	acts, err := reader.Effects(sql)
	if err != nil {
		l.doubt(sql)
		return
	}
	for _, act := range acts {
		if act.Opaque || callsOwn(act) {
			l.doubt(sql)
		}
		for _, e := range act.Effects {
			switch {
			case act.Kind == "DO": // it may be under a condition
				l.forgetNamed(e)
			case e.Schema != "pg_temp":
				l.follow(e, act, newWords(sql), by)
			}
		}
	}
}

// callsOwn reports whether a query calls a function that is not PostgreSQL's: it may do
// anything.
func callsOwn(act parser.Act) bool {
	return act.Kind == "SELECT" && slices.ContainsFunc(act.Effects, func(e parser.Effect) bool {
		return e.Class == "function" && e.Schema != "" && e.Schema != "pg_catalog"
	})
}

// doubt forgets what SQL may have changed that is not followed: parts of anything, and
// what it names.
func (l *claims) doubt(sql string) {
	l.forget(func(c claim) bool { return c.class != "table" || strings.Contains(sql, c.name) })
}

// forgetNamed forgets what an effect is about, with its parts.
func (l *claims) forgetNamed(e parser.Effect) {
	if e.Verb != parser.Refers && e.Verb != parser.Writes && e.Verb != parser.Locks {
		l.drop(claimOf(e), e.Cascade)
	}
}

func claimOf(e parser.Effect) claim {
	c := claim{class: e.Class, schema: e.Schema, relation: e.Relation, name: e.Name, typ: e.Type, values: slices.Clone(e.Values), args: -1}
	if e.Args != nil && (e.Class == "function" || e.Class == "procedure") {
		c.args = len(e.Args)
	}
	return c
}

// follow does what one effect of an act does.
func (l *claims) follow(e parser.Effect, act parser.Act, w words, by string) {
	c := claimOf(e)
	c.by = by
	switch e.Verb {
	case parser.Creates:
		l.create(c, e, act, w)
	case parser.Drops:
		l.drop(c, e.Cascade)
	case parser.Renames:
		l.rename(c, e.To)
	case parser.Moves:
		l.moved(c, e.To)
	case parser.Alters:
		l.alter(c, e, act)
	}
}

// create adds a claim. A table that may have been there before has other parts perhaps.
func (l *claims) create(c claim, e parser.Effect, act parser.Act, w words) {
	own := act.Effects[0]
	if c.name == "" || own.If && own.Class == "table" && e.Relation == own.Name && own.Verb == parser.Creates {
		return
	}
	if e.If {
		c.typ = ""
	}
	if c.class == "table" && (w.has("PARTITION", "OF") || w.has("INHERITS")) {
		c.over = referred(act)
	}
	if c.class == "constraint" && w.has("USING", "INDEX") { // the index gets its name
		l.forget(func(other claim) bool {
			return other.class == "index" && other.of(claim{name: c.relation, schema: c.schema})
		})
	}
	l.forget(c.same)
	*l = append(*l, c)
}

// referred returns the relations that an act refers to.
func referred(act parser.Act) []string {
	var found []string
	for _, e := range act.Effects {
		if e.Verb == parser.Refers && e.Class == "relation" {
			found = append(found, e.Name)
		}
	}
	return found
}

// drop takes out a claim, with what goes along.
func (l *claims) drop(c claim, cascade bool) {
	switch {
	case cascade:
		l.forget(func(other claim) bool { return other.class != "table" })
	case c.class == "schema":
		l.forget(func(other claim) bool { return other.schema == c.name })
	case group(c.class) == "relation":
		l.forget(func(other claim) bool { return other.of(c) || other.class == "sequence" })
		l.dropHeirs(c)
	case c.class == "column":
		l.forget(func(other claim) bool {
			return other.class == "sequence" || other.of(claim{name: c.relation, schema: c.schema}) && other.class != "column"
		})
	case c.class == "constraint":
		l.forget(func(other claim) bool { return other.class == "index" && other.name == c.name })
	}
	l.forget(c.same)
}

// dropHeirs takes out what goes with a relation.
func (l *claims) dropHeirs(c claim) {
	for {
		i := slices.IndexFunc(*l, func(other claim) bool { return slices.Contains(other.over, c.name) })
		if i < 0 {
			return
		}
		heir := (*l)[i]
		*l = slices.Delete(*l, i, i+1)
		l.drop(heir, false)
	}
}

// rename gives what a claim is of another name.
func (l *claims) rename(c claim, to string) {
	l.retyped(c)
	if c.class == "schema" {
		l.change(func(other claim) bool { return other.schema == c.name }, func(other *claim) { other.schema = to })
	}
	if group(c.class) == "relation" {
		l.change(func(other claim) bool { return other.of(c) }, func(other *claim) { other.relation = to })
		l.change(func(other claim) bool { return slices.Contains(other.over, c.name) }, func(other *claim) { other.over = append(other.over, to) })
	}
	l.change(func(other claim) bool { return c.same(other) || twins(c, other) }, func(other *claim) { other.name = to })
}

// twins reports whether a name is one of a constraint and of its index.
func twins(a, b claim) bool {
	index, constraint := a, b
	if a.class == "constraint" {
		index, constraint = b, a
	}
	return group(index.class) == "relation" && constraint.class == "constraint" && index.name == constraint.name && sameSchema(a.schema, b.schema)
}

// moved puts what a claim is of into another schema, with its parts.
func (l *claims) moved(c claim, to string) {
	l.retyped(c)
	l.forget(func(other claim) bool { return other.class == "sequence" && c.class == "table" })
	l.change(func(other claim) bool { return c.same(other) || group(c.class) == "relation" && other.of(c) }, func(other *claim) { other.schema = to })
}

// retyped forgets the types of columns whose names may have become others.
func (l *claims) retyped(c claim) {
	if c.class != "column" && c.class != "constraint" {
		l.change(func(other claim) bool { return strings.Contains(other.typ, c.name) }, func(other *claim) { other.typ = "" })
	}
}

// alter does what an ALTER changes of claims.
func (l *claims) alter(c claim, e parser.Effect, act parser.Act) {
	switch {
	case slices.Contains(e.Commands, "AttachPartition"):
		l.change(func(other claim) bool { return slices.Contains(referred(act), other.name) }, func(other *claim) { other.over = append(other.over, c.name) })
	case c.class == "column" && slices.Equal(e.Commands, []string{"AlterColumnType"}):
		l.forget(c.same)
		*l = append(*l, c)
	case c.class == "type" && len(e.Values) > 0:
		l.change(c.same, func(other *claim) { other.values, other.by = revalued(other.values, e.Values), c.by })
	}
}

// revalued returns the values of an enum that gets one, or of which one gets another name.
func revalued(values, change []string) []string {
	last := change[len(change)-1]
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == change[0] })
	return append(values, last)
}
