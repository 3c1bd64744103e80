package sdk

import (
	"context"
	"fmt"
	"iter"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Checking lets a detector whose manifest has Checks say something of the wanted state
// alone; see detect.Checker.
func Checking(check func(ctx context.Context, wanted Wanted) (diag.List, error)) Ability {
	return func(d *detector) { d.check = check }
}

// Check is that of detect.Checker.
func (d *detector) Check(ctx context.Context, wanted Wanted) (diag.List, error) {
	if d.check == nil {
		return nil, fmt.Errorf("%s checks nothing", d.manifest.Name)
	}
	return d.check(ctx, wanted)
}

// Check has a plugin look at the models on every make, validate and lint, whether
// something has changed or not, as a linter does. look sees every object of the kinds,
// and of those that the plugin owns, with what they are part of. code is that of its
// findings, such as "FK001", for lint --allow. What it says of equal models is kept.
func Check(code string, look func(*Look), kinds ...string) Part {
	return func(d *definition) {
		if look == nil {
			wrong("check %s: it has no function: give it one", code)
		}
		if code == "" {
			wrong("a check has no code: give it one, such as \"FK001\"")
		}
		d.manifest.Checks = true
		d.manifest.Reads = sorted(append(d.manifest.Reads, kinds...))
		d.checks = append(d.checks, check{code: code, look: look})
	}
}

type check struct {
	code string
	look func(*Look)
}

// check is that of detect.Checker.
func (d *definition) check(ctx context.Context, wanted Wanted) (diag.List, error) {
	var found diag.List
	for _, c := range d.checks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l := &Look{State: wanted.State, Pass: Pass{To: wanted.State, Config: wanted.Config}, code: c.code}
		c.look(l)
		for _, f := range l.found {
			found = append(found, f.diagnostic)
		}
	}
	return found.Sorted(), nil
}

// A Look is a wanted state that is looked at, and takes what is found.
type Look struct {
	// State holds every object of the kinds of the check.
	State *State
	// Pass is for ConfigOf.
	Pass Pass

	code  string
	found []*Finding
}

// All yields the objects of a kind, in the order of their addresses.
func (l *Look) All(kind string) iter.Seq[*Object] {
	return func(yield func(*Object) bool) {
		for o := range l.State.All() {
			if o.Address.Kind() == kind && !yield(o) {
				return
			}
		}
	}
}

// A Finding is something that a check has to say. Its methods add to it and return it.
type Finding struct{ diagnostic Diagnostic }

// Refuse reports a mistake: nothing is made as long as it is there. It is about an
// object: what is wrong, why, and what to do.
func (l *Look) Refuse(about *Object, summary, why, next string) *Finding {
	return l.find(diag.Error, about, summary, why, next)
}

// Warn reports what is to be looked at. lint ends with 3 for it, make goes on.
func (l *Look) Warn(about *Object, summary, why, next string) *Finding {
	return l.find(diag.Warning, about, summary, why, next)
}

// Note reports what is good to know.
func (l *Look) Note(about *Object, summary, why, next string) *Finding {
	return l.find(diag.Note, about, summary, why, next)
}

func (l *Look) find(severity diag.Severity, about *Object, summary, why, next string) *Finding {
	f := &Finding{Diagnostic{
		Severity: severity, Code: l.code, Summary: summary, Detail: why, Next: next, Address: about.Address.String(),
	}}
	l.found = append(l.found, f)
	return f
}

// At says that the finding is about an argument of the object.
func (f *Finding) At(argument string) *Finding {
	f.diagnostic.Argument = argument
	return f
}

// Append suggests text in the model language at the end of the block of an object, such
// as the model of a field: "whimbrel lint --fix" writes it.
func (f *Finding) Append(to *Object, text string) *Finding {
	f.diagnostic.Fix = &diag.Fix{Object: to.Address.String(), Text: text}
	return f
}

// Set suggests another value, in the model language, of an argument of the object.
func (f *Finding) Set(argument, value string) *Finding {
	f.diagnostic.Argument = argument
	f.diagnostic.Fix = &diag.Fix{Argument: argument, Text: value}
	return f
}
