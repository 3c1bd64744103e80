package review

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A renaming is a statement that gives something another name.
type renaming struct {
	from, to []Name
	into     Names // of the plugin, to which the new name comes
}

// Learn takes what the statements of an operation make, either way, as the plugin's,
// and the names that they give to what is the plugin's. What a way back makes is the
// plugin's by its own word alone: it takes nothing from others.
func (r *Review) Learn(op operation.Operation) {
	r.learnAll(ways(op, false), r.Own.After)
	r.learnAll(ways(op, true), r.told)
	r.adopt()
}

// Know is Learn for an operation of the migrations so far: what it made is there.
func (r *Review) Know(op operation.Operation) {
	r.learnAll(ways(op, false), r.Own.Before)
	r.Learn(op)
}

func (r *Review) learnAll(statements []operation.Statement, into Names) {
	for _, s := range statements {
		for _, e := range r.effectsOf(s) {
			r.learn(e, into)
		}
	}
}

func (r *Review) learn(e parser.Effect, into Names) {
	gone, come := changed(e)
	switch {
	case e.Verb == parser.Renames || e.Verb == parser.Moves:
		r.renamings = append(r.renamings, renaming{gone, come, into})
	case e.Verb == parser.Creates && (e.Class != schema || e.Name != "public"):
		for _, name := range come {
			into.Add(name, "")
		}
	}
}

// adopt takes the new name of what is the plugin's as the plugin's too. What is under
// that name may be renamed again.
func (r *Review) adopt() {
	for found := true; found; {
		found = false
		r.renamings = slices.DeleteFunc(r.renamings, func(n renaming) bool {
			if !slices.ContainsFunc(n.from, r.has) {
				return false
			}
			for _, name := range n.to {
				n.into.Add(name, "")
			}
			found = true
			return true
		})
	}
}
