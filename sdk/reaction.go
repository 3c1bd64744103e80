package sdk

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Reaction has a plugin react to operations of others: once all plugins have
// answered, react is called for each operation of the kinds, such as
// "create_model", and can emit SQL that runs after or before it. Its operations
// are called PLUGIN.VERB. They change no objects, so there is nothing to compare
// later: a reaction is for what belongs to the moment, such as a GRANT on a new
// table.
func Reaction(verb string, react func(*Reactor), kinds ...string) Part {
	return func(d *definition) {
		whose := "reaction " + d.manifest.Name + "." + verb
		if react == nil {
			wrong("%s: it has no function: give it one", whose)
		}
		if len(kinds) == 0 {
			wrong("%s: it names no operation that it reacts to: name one, such as \"create_model\"", whose)
		}
		d.manifest.Emits = append(d.manifest.Emits, d.manifest.Name+"."+verb)
		d.manifest.Observes = append(d.manifest.Observes, kinds...)
		d.reactions = append(d.reactions, reaction{verb: verb, react: react, kinds: kinds})
	}
}

type reaction struct {
	verb  string
	react func(*Reactor)
	kinds []string
}

// A Reactor is one operation of another plugin, and takes the operations that
// answer it. Its methods that return text quote it; what goes wrong in them
// becomes the error of Detect.
type Reactor struct {
	// Pass is all that the plugin sees.
	Pass Pass
	// Observed is the operation.
	Observed Operation
	// State is the wanted state, or the old one where the operation drops its
	// target.
	State *State

	plugin, verb string
	steps        []*Step
	trouble      trouble
}

// react calls the reactions to what was observed.
func (d *definition) react(pass Pass, result *Result) error {
	for _, op := range pass.Observed {
		for _, reaction := range d.reactions {
			if !slices.Contains(reaction.kinds, op.Kind) {
				continue
			}
			r := &Reactor{Pass: pass, Observed: op, State: pass.To, plugin: d.manifest.Name, verb: reaction.verb}
			if !pass.To.Has(op.Target) {
				r.State = pass.From
			}
			reaction.react(r)
			if err := r.into(result); err != nil {
				return fmt.Errorf("reaction to %s of %s: %w", op.Kind, op.Target, err)
			}
		}
	}
	return nil
}

// After emits an operation that runs after the observed one. Each text is one
// statement; down undoes up.
func (r *Reactor) After(up, down []string) *Step { return r.emit(up, down, After) }

// Before emits an operation that runs before the observed one.
func (r *Reactor) Before(up, down []string) *Step { return r.emit(up, down, Before) }

func (r *Reactor) emit(up, down []string, order func(operation.Verb, Address) Need) *Step {
	s := &Step{op: Operation{
		Kind: r.plugin + "." + r.verb, Target: r.Observed.Target,
		Summary: words(r.verb) + " " + r.Observed.Target.Path(),
		Up:      operation.SQL(up...), Down: operation.SQL(down...),
	}}
	verbs := []operation.Verb{Create, Alter} // one that is dropped as well is created
	if r.Drops() {
		verbs = []operation.Verb{Drop}
	}
	for _, verb := range verbs {
		s.Needs(Soft(order(verb, r.Observed.Target)))
	}
	r.steps = append(r.steps, s)
	return s
}

// Drops reports whether the observed operation drops its target.
func (r *Reactor) Drops() bool {
	return slices.ContainsFunc(r.Observed.Edits, func(e state.Edit) bool { return e.Drop == r.Observed.Target })
}

// Object returns the target of the observed operation.
func (r *Reactor) Object() *Object { return r.State.Get(r.Observed.Target) }

// Model returns what is known of the model that the observed operation is about,
// or about a part of.
func (r *Reactor) Model() model.Model {
	o := modelOf(r.State, r.Object())
	if o == nil {
		r.trouble.fail("it is not about a model or a part of one")
		return model.Model{}
	}
	attrs, err := state.Decode[model.Model](o)
	r.trouble.keep(err)
	return attrs
}

// Table returns schema.table of that model.
func (r *Reactor) Table() string {
	m := r.Model()
	return Qualified(m.Schema, m.Table)
}

// Column returns the column of the field that the observed operation is about.
func (r *Reactor) Column() string {
	column, err := Column(r.Object())
	r.trouble.keep(err)
	return column
}

// Fail makes an error the error of Detect, if it is one: the plugin cannot go on.
func (r *Reactor) Fail(err error) { r.trouble.keep(err) }

// Reject reports a mistake in the models: what is wrong, why, and what to do.
func (r *Reactor) Reject(summary, why, next string) {
	r.trouble.found = append(r.trouble.found, Diagnostic{
		Severity: diag.Error, Code: "WH4061", Summary: summary, Detail: why, Next: next, Address: r.Observed.Target.String(),
	})
}

// Report reports a mistake in the models under a code of its own, or what else a user
// should know.
func (r *Reactor) Report(d Diagnostic) { r.trouble.found = append(r.trouble.found, d) }

func (r *Reactor) into(result *Result) error {
	if r.trouble.err != nil {
		return r.trouble.err
	}
	result.Diagnostics = append(result.Diagnostics, r.trouble.found...)
	if diag.List(r.trouble.found).HasErrors() {
		return nil
	}
	for _, step := range r.steps {
		result.Operations = append(result.Operations, step.op)
	}
	return nil
}
