package autodetector

import (
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
	"github.com/whimbreldb/whimbrel/core/state"
)

// claims returns the names in the database that are a plugin's, as far as that can
// be told without its statements, and those that are somebody else's.
func (r *run) claims(plugin string) (own, others review.Holdings) {
	own, others = review.NewHoldings(), review.NewHoldings()
	of := func(detector string) review.Holdings {
		if detector == plugin {
			return own
		}
		return others
	}
	for _, s := range []*state.State{r.original, r.from} {
		for o := range s.Unordered() {
			r.namesOf(s, o, of(r.owners.of(o.Address.Kind())).Before)
		}
	}
	for o := range r.to.Unordered() {
		r.namesOf(r.to, o, of(r.owners.of(o.Address.Kind())).After)
	}
	for _, op := range r.operations {
		of(op.Detector).Claim(op)
	}
	for _, made := range r.origins() {
		r.claimed(made, of(made.Detector))
	}
	return own, others
}

// claimed adds the names that an operation of the migrations so far has taken. An
// object that stays keeps them.
func (r *run) claimed(made operation.Operation, to review.Holdings) {
	if r.to.Get(made.Target) != nil {
		to.Claim(made)
	}
	made.Frees, made.Takes = slices.Concat(made.Frees, made.Takes), nil
	to.Claim(made)
}

// origins returns the operations that made the objects of plugins, with their SQL:
// what an object is called in the database stands there and not always in the
// object. One whose migration cannot be read tells nothing; others say so.
func (r *run) origins() []operation.Operation {
	if r.in.Made == nil {
		return nil
	}
	var found []operation.Operation
	for o := range r.original.All() {
		if !isPlugins(o) {
			continue
		}
		if origin, err := r.in.Made(o.Address); err == nil {
			made := origin.Operation
			made.Detector = r.owners.of(o.Address.Kind())
			found = append(found, made)
		}
	}
	return found
}

// A designation is what attributes say of the name of an object in the database.
type designation struct {
	Schema, Table, Column, Sequence, Name string
}

func calledOf(o *state.Object) designation {
	var c designation
	_ = json.Unmarshal(o.Attrs, &c) // an attribute of another type is no name
	return c
}

// namesOf adds what an object is called: by the attribute that its kind says is its
// name, else by those of tables and of what is in them.
func (r *run) namesOf(s *state.State, o *state.Object, to review.Names) {
	whose, c := o.Address.String(), calledOf(o)
	if class, ok := r.classes()[o.Address.Kind()]; ok {
		name := c.Name
		if name == "" {
			name = o.Address.Name()
		}
		to.Add(review.Of(class, c.Schema, name), whose)
		return
	}
	if c.Table != "" {
		to.Add(review.Relation(c.Schema, c.Table), whose)
		to.Add(review.Type(c.Schema, c.Table), whose)
		return
	}
	parent := s.Get(o.Parent)
	if parent == nil {
		if c == (designation{}) && !isPlugins(o) {
			to.Add(review.Schema(o.Address.Name()), whose)
		}
		return
	}
	r.partsOf(calledOf(parent), c, whose, to)
}

// partsOf adds what a part of a table is called: a column and its sequence, an index
// or a constraint.
func (r *run) partsOf(table, c designation, whose string, to review.Names) {
	if table.Table == "" {
		return
	}
	to.Add(review.Part("column", table.Schema, table.Table, c.Column), whose)
	to.Add(review.Relation(table.Schema, c.Sequence), whose)
	to.Add(review.Part(string(detect.NamesConstraint), table.Schema, table.Table, c.Name), whose)
	to.Add(review.Relation(table.Schema, c.Name), whose)
}

func isPlugins(o *state.Object) bool {
	_, owned := detect.Plugin(o.Address.Kind())
	return owned
}

// classes returns the class of names that the objects of a kind have, for kinds
// that have an argument for it.
func (r *run) classes() map[string]string {
	found := map[string]string{}
	for _, d := range r.owners.detectors {
		for _, option := range d.Manifest().Options {
			for _, a := range option.Shape.Attrs {
				if a.Names != "" && detect.NameClass(a.Names) != detect.NamesSchema {
					found[option.Kind] = a.Names
				}
			}
		}
	}
	return found
}
