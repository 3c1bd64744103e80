package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Prohibition is the hazards of a way forth that a policy forbids and nobody allowed.
// Without any, it is none.
type Prohibition struct {
	Hazards []Forbidden `json:"forbidden"`

	place diag.Range // of the policy
}

// A Forbidden hazard is one of them.
type Forbidden struct {
	Migration string `json:"migration"`
	Code      string `json:"code"`
	Object    string `json:"object"`
	Text      string `json:"text"`
	Flag      string `json:"flag"` // that allows it
}

// None reports whether nothing is forbidden.
func (p Prohibition) None() bool { return len(p.Hazards) == 0 }

// Add adds hazards of a migration that are forbidden by a policy, each once.
func (p *Prohibition) Add(policy operation.Policy, migration string, hazards []operation.Hazard) {
	p.place = policy.Range
	for _, h := range hazards {
		f := Forbidden{
			Migration: migration, Code: h.Code, Object: h.Object.String(), Text: h.Text,
			Flag: "--allow " + diag.ShellWord(h.Code+":"+h.Object.Path()),
		}
		if !slices.Contains(p.Hazards, f) {
			p.Hazards = append(p.Hazards, f)
		}
	}
}

// Diagnostic returns the prohibition for the user.
func (p Prohibition) Diagnostic() diag.Diagnostic {
	var what, flags []string
	for _, f := range p.Hazards {
		what = append(what, fmt.Sprintf("%s: %s (%s)", f.Object, f.Text, f.Code))
		flags = append(flags, "  "+f.Flag)
	}
	slices.Sort(flags)
	return diag.Diagnostic{
		Code:    "WH0139",
		Summary: "the policy forbids what the migrations would do; nothing was done",
		Detail:  strings.Join(what, "\n"),
		Next:    "change the models, or allow what is meant:\n" + strings.Join(slices.Compact(flags), "\n"),
		Range:   p.place,
		Address: p.Hazards[0].Object,
	}
}

// Prohibited returns what a policy forbids of a way forth. A hazard is asked about,
// where it can be: what loses nothing in this database is not forbidden. Nor is what
// happens to an object that is made on the same way.
func (r *Runner) Prohibited(ctx context.Context, way Way, policy operation.Policy, allowed operation.Allowances) (Prohibition, error) {
	var found Prohibition
	var made []address.Address
	for _, stage := range way.Stages {
		var real []operation.Hazard
		for _, h := range policy.Forbidden(stage.Parsed.Hazards(false), allowed) {
			if within(made, h.Object) {
				continue
			}
			f, err := ask(ctx, h, r.db)
			if err != nil {
				return found, err
			}
			if f.real(h.Code) {
				real = append(real, h)
			}
		}
		found.Add(policy, stage.Parsed.ID, real)
		made = append(made, createdBy(stage)...)
	}
	return found, nil
}

// createdBy returns the objects that stand by themselves and that a stage makes.
func createdBy(stage Stage) []address.Address {
	var made []address.Address
	for _, step := range stage.Parsed.Steps {
		if strings.HasPrefix(step.Kind, "create_") && len(step.Target.Names()) == 2 {
			made = append(made, step.Target)
		}
	}
	return made
}

// within reports whether an object is one of some, or a part of one.
func within(made []address.Address, object address.Address) bool {
	return slices.ContainsFunc(made, func(a address.Address) bool {
		return object == a || strings.HasPrefix(object.Path(), a.Path()+".")
	})
}
