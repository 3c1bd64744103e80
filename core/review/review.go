// Package review judges the SQL of plugins before it is written into a migration:
// what it will do is read by PostgreSQL's own parser from the very text that the
// file will hold.
//
// A statement is one of a kind that changes a schema or a plugin's own rows. What it
// drops, renames, alters or writes is the plugin's: made by its own statements, or
// claimed by its operations and by nobody else. What may lose rows raises a hazard,
// whatever the plugin says.
//
// What functions do when they are called is not followed, nor is SQL that is made of
// text when it runs; such statements raise a hazard that says so.
package review

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A Reader reads SQL, as *parser.Parser does.
type Reader interface {
	Effects(text string) ([]parser.Act, error)
	Clause(text string) ([]parser.Effect, error)
	Select(text string) error
}

// A Review judges the operations of one plugin in one plan.
type Review struct {
	Reader Reader
	// Others are names that belong to somebody else.
	Others Holdings
	// Own are names that belong to the plugin. Learn adds to them.
	Own Holdings

	told      Names // those that ways back make
	past      []memory
	renamings []renaming // of what is not known to be the plugin's
}

// New returns a review of a plugin that has names, beside those of others.
func New(reader Reader, own, others Holdings) *Review {
	return &Review{Reader: reader, Own: own, Others: others, told: Names{}}
}

// has reports whether a name is the plugin's at some time.
func (r *Review) has(name Name) bool {
	return r.Own.Before.has(name) || r.Own.After.has(name) || r.told.has(name)
}

// A Fault is why a plugin's SQL is refused: a sentence about the statement.
type Fault struct {
	Code string
	What string
	SQL  string
	// Advice is what the author of the plugin does, as a command. Empty: it is plain.
	Advice string
}

// Error returns the sentence with the beginning of the statement.
func (f *Fault) Error() string { return f.What + ": " + f.Beginning() }

// Beginning returns the beginning of the statement, on one line.
func (f *Fault) Beginning() string { return brief(f.SQL) }

// The codes of faults.
const (
	Several = "WH4047" // there is another statement in it
	Refused = "WH4054" // it does what a plugin's statement must not
	Probing = "WH4055" // the probe of a hazard is no query
)

func refused(sql, format string, args ...any) *Fault {
	return &Fault{Code: Refused, What: fmt.Sprintf(format, args...), SQL: sql}
}

// brief returns the beginning of a text on one line.
func brief(sql string) string {
	line := strings.Join(strings.Fields(sql), " ")
	if runes := []rune(line); len(runes) > 100 {
		line = string(runes[:100]) + "..."
	}
	return line
}

// ways returns the statements that an operation may be run as in one direction.
func ways(op operation.Operation, down bool) []operation.Statement {
	if down {
		return slices.Concat(op.Down, aside(op, true))
	}
	return slices.Concat(op.Up, aside(op, false))
}

// Operation returns the hazards that an operation raises besides its own, or the
// first thing that is wrong with its SQL. The relations are those of the objects
// that it is about, which it may set something on.
func (r *Review) Operation(op operation.Operation, about Names) ([]operation.Hazard, error) {
	if err := r.probes(op); err != nil {
		return nil, err
	}
	var found hazards
	for _, way := range []struct {
		statements []operation.Statement
		down       bool
	}{{op.Up, false}, {op.Down, true}, {aside(op, false), false}, {aside(op, true), true}} {
		p := &passage{Review: r, op: op, down: way.down, about: about, made: map[Name]bool{}}
		for _, s := range way.statements {
			act, err := p.judge(s)
			if err != nil {
				return nil, err
			}
			found.of(op, act, way.down)
		}
	}
	return found.list, cmp.Or(r.inline(op), r.reversible(op))
}

// judge judges the next statement.
func (p *passage) judge(s operation.Statement) (parser.Act, error) {
	act, err := p.statement(s)
	if err == nil {
		err = p.effects(act, s.Text())
	}
	p.follow(act)
	return act, err
}

// aside returns the statements of one direction in which an operation can make way.
func aside(op operation.Operation, down bool) []operation.Statement {
	switch {
	case op.Aside == nil:
		return nil
	case down:
		return slices.Concat(op.Aside.Down, op.Aside.RestDown)
	}
	return slices.Concat(op.Aside.Up, op.Aside.RestUp)
}

// inline judges what becomes a line of the statement that makes a table.
func (r *Review) inline(op operation.Operation) error {
	if op.Inline == nil {
		return nil
	}
	sql := op.Inline.Clause.SQL
	if op.Inline.Clause.Slot != "" {
		return r.Table(operation.Statement{SQL: "CREATE TABLE t", Clauses: []operation.Clause{op.Inline.Clause}, Table: true})
	}
	if _, err := r.Reader.Clause(sql); err != nil {
		return unreadable(sql, err)
	}
	return nil
}

// Table judges a statement that makes a table, of which clauses are a plugin's.
func (r *Review) Table(s operation.Statement) error {
	_, err := r.statement(s)
	return err
}

// probes judges the questions that are asked before something is lost.
func (r *Review) probes(op operation.Operation) error {
	for _, h := range op.Hazard {
		if h.Probe == "" {
			continue
		}
		if err := r.Reader.Select(h.Probe); err != nil {
			return &Fault{Code: Probing, What: "has a hazard whose probe is not one SELECT that changes nothing (" + message(err) + ")", SQL: h.Probe}
		}
	}
	return nil
}

func unreadable(sql string, err error) *Fault {
	return refused(sql, "has SQL that PostgreSQL would not read (%s)", message(err))
}

// message returns what a parser says without the place, which is one in a text that
// the user does not see.
func message(err error) string {
	var wrong *parser.SyntaxError
	if errors.As(err, &wrong) {
		return wrong.Message
	}
	return err.Error()
}
