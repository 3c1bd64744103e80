package autodetector

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A told is an answer that a flag gave beforehand, to a question about an object.
type told struct {
	question string // "default"
	object   address.Address
}

func (t told) String() string { return "--" + t.question + " " + t.object.Path() }

// is reports whether a fact is the answer.
func (t told) is(f detect.Fact) bool { return f.Name == t.question && f.Subject == t.object.String() }

// reportIdle reports the answers that change nothing: who gave one believed that it
// does something. Whether one is used, its detectors need not say: without it, they
// ask, or answer otherwise.
func (w *work) reportIdle(ctx context.Context) error {
	for _, t := range w.told {
		used, err := w.uses(ctx, t)
		if err != nil {
			return err
		}
		if !used {
			w.report(w.idle(t))
		}
	}
	return nil
}

// uses reports whether a detector answers otherwise without an answer of the user's.
func (w *work) uses(ctx context.Context, t told) (bool, error) {
	without := slices.DeleteFunc(slices.Clone(w.facts), t.is)
	for i, d := range w.owners.detectors {
		changes := w.changesOf(i)
		if !slices.Contains(d.Manifest().Consumes, t.question) || len(changes)+len(w.observed[i]) == 0 {
			continue
		}
		result, err := w.pass(ctx, d, changes, w.observed[i], without)
		if err != nil {
			return false, fmt.Errorf("detector %q: %w", d.Manifest().Name, err)
		}
		if !reflect.DeepEqual(result, w.results[i]) {
			return true, nil
		}
	}
	return false, nil
}

// idle returns the diagnostic for an answer that nothing asks for.
func (w *work) idle(t told) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH2007",
		Summary: t.String() + " answers no question",
		Detail:  w.needless(t),
		Next:    "leave the flag out, or name the field that is meant",
		Range:   w.in.Declaration.Places[t.object],
		Address: t.object.String(),
	}
}

// needless says why an answer is not needed.
func (w *work) needless(t told) string {
	was, is, path := w.from.Get(t.object), w.to.Get(t.object), t.object.Path()
	switch {
	case was == nil && t.question == Using:
		return path + " is new: it has no values that could become others."
	case was == nil && !w.from.Has(is.Parent):
		return path + " is new, and so is what it is in: there are no rows to fill."
	case was != nil && state.Same(was, is):
		return path + " is in the models as it is in the migrations."
	case t.question == Using:
		return "The type of " + path + " stays, or PostgreSQL has values that do not come from those that are there."
	}
	return "The rows need no value for " + path + ": none is missing, or PostgreSQL gives them one."
}

// reportTwice reports a second answer to one question.
func (r *run) reportTwice(t told) {
	r.report(diag.Diagnostic{
		Code:    "WH2008",
		Summary: t.String() + " is given twice",
		Detail:  "There is one answer to a question. None of them was chosen.",
		Next:    "leave one of the two out",
		Range:   r.in.Declaration.Places[t.object],
		Address: t.object.String(),
	})
}
