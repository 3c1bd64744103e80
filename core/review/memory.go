package review

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A memory is an operation of somebody else that may have made what a statement of the
// plugin is about.
type memory struct {
	op      operation.Operation
	history bool // it has run, and what it made is there
	stays   bool // with history: its object stays
}

// Remember takes the operation of somebody else whose statements are read when they
// may be about a name that this plugin's are about.
func (r *Review) Remember(op operation.Operation) { r.remember(memory{op: op}) }

// Recall is Remember for an operation of the migrations so far. Its object stays, or
// the plan has it go.
func (r *Review) Recall(op operation.Operation, stays bool) {
	r.remember(memory{op: op, history: true, stays: stays})
}

func (r *Review) remember(m memory) {
	if _, owned := detect.Plugin(m.op.Kind); owned {
		r.past = append(r.past, m)
	}
}

// remembered looks for a name in what the statements of others make. Only those
// that have it in their text are read.
func (r *Review) remembered(name Name) hold {
	var h hold
	for _, m := range r.past {
		before, after := r.makes(ways(m.op, true), name), r.makes(ways(m.op, false), name)
		if m.history {
			before, after = after, after && m.stays
		}
		if before || after {
			h.whose, h.before, h.after = m.op.Target.String(), h.before || before, h.after || after
		}
	}
	return h
}

// makes reports whether one of the statements makes what has a name.
func (r *Review) makes(statements []operation.Statement, name Name) bool {
	return slices.ContainsFunc(statements, func(s operation.Statement) bool {
		if !strings.Contains(strings.ToLower(s.Text()), strings.ToLower(name.Name)) {
			return false
		}
		return slices.ContainsFunc(r.effectsOf(s), func(e parser.Effect) bool {
			return e.Verb == parser.Creates && slices.Contains(namesOf(e), name)
		})
	})
}

// effectsOf returns what a statement does. SQL that cannot be read does nothing: it is
// refused where it is judged.
func (r *Review) effectsOf(s operation.Statement) []parser.Effect {
	acts, err := r.Reader.Effects(s.Text())
	if err != nil {
		return nil
	}
	var all []parser.Effect
	for _, act := range acts {
		all = append(all, act.Effects...)
	}
	return all
}
