package autodetector

import (
	"context"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// Unnamed is the code of the error that SQL names what is not there, or is there
// already.
const Unnamed = "WH2402"

// simulate runs the SQL of the plan, forth and back, over the names that the database
// has. It comes last: what is proven is what is written, in the order in which it runs.
func (r *run) simulate(context.Context) error {
	operations := r.plan.Operations()
	catalog, err := r.names()
	if err != nil || len(operations) == 0 {
		return err
	}
	proof := simulation.NewProof(catalog)
	if failure := proof.Run(operations); failure != nil {
		return r.misnamed(operations, failure)
	}
	r.mark(proof.Unproven)
	return nil
}

// names returns the names of a database that has the migrations so far.
func (r *run) names() (*simulation.Catalog, error) {
	if r.in.Names == nil {
		return simulation.New(), nil
	}
	return r.in.Names()
}

// mark says of operations of the plan that their SQL is not followed.
func (r *run) mark(unproven map[int]string) {
	number := 0
	for s := range r.plan.Steps {
		step := &r.plan.Steps[s]
		for i := range step.Operations {
			if why := unproven[number]; why != "" {
				if step.Unproven == nil {
					step.Unproven = map[int]string{}
				}
				step.Unproven[i] = why
			}
			number++
		}
	}
}

// misnamed is the error of a detector whose SQL does not do what it should.
func (r *run) misnamed(operations []operation.Operation, f *simulation.Failure) error {
	op := operations[f.Operation]
	whose, author := r.owners.blamed(op.Detector)
	return diag.Diagnostic{
		Code:    Unnamed,
		Summary: fmt.Sprintf("detector %q: %s", op.Detector, sentence(operations, f)),
		Detail: "The SQL of a plan is run over the names that the database has, forth and back, before it is written. " +
			"This is a mistake " + whose + ", not in the models." + excerpt(f),
		Next:    "report it to " + author,
		Range:   r.in.Declaration.Places[op.Target],
		Address: op.Target.String(),
	}
}

// sentence says what is wrong, of which operation and on which of its ways.
func sentence(operations []operation.Operation, f *simulation.Failure) string {
	op := operations[f.Operation]
	way := fmt.Sprintf("%s %s", op.Kind, op.Target)
	if f.Down {
		way = "the way back of " + way
	}
	switch {
	case f.Fault == nil && f.Gone:
		return fmt.Sprintf("%s does not make %s again", way, f.Name)
	case f.Fault == nil:
		return fmt.Sprintf("%s leaves %s behind", way, f.Name)
	}
	return fmt.Sprintf("%s: %s%s", way, f.Fault, because(operations, f))
}

// because names the other operation that a fault has to do with.
func because(operations []operation.Operation, f *simulation.Failure) string {
	fault := f.Fault
	called := fault.Origin
	if fault.By >= 0 {
		other := operations[fault.By]
		called = fmt.Sprintf("%s %s of detector %q", other.Kind, other.Target, other.Detector)
	}
	switch {
	case called == "" || fault.By == f.Operation && !fault.Early:
		return ""
	case fault.Early:
		return "; " + called + ", which runs before, speaks of it"
	case fault.Taken:
		return "; it is the name that " + called + " gives or leaves"
	}
	return "; " + called + " takes it away"
}

// excerpt returns the statement with a mark below the name that is wrong.
func excerpt(f *simulation.Failure) string {
	if f.Fault == nil {
		return ""
	}
	at := min(f.Fault.Effect.Offset, len(f.SQL))
	begin := strings.LastIndexByte(f.SQL[:at], '\n') + 1
	line, _, _ := strings.Cut(f.SQL[begin:], "\n")
	number := strings.Count(f.SQL[:begin], "\n") + 1
	return fmt.Sprintf("\n\nLine %d of its statement:\n\n    %s\n    %s^", number, strings.ReplaceAll(line, "\t", " "), strings.Repeat(" ", len([]rune(f.SQL[begin:at]))))
}
