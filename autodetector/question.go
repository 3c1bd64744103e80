package autodetector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// answer settles the questions of the last round. Detectors that get an answer
// are asked again.
func (w *work) answer(ctx context.Context) error {
	for _, result := range w.results {
		for _, q := range sortedQuestions(result.Questions) {
			value, ok, err := w.valueOf(ctx, q)
			if err != nil {
				return err
			}
			if ok {
				w.answers = append(w.answers, detect.Fact{Name: q.Name, Subject: q.Subject, Value: value})
			}
		}
	}
	w.publish()
	return nil
}

func sortedQuestions(questions []detect.Question) []detect.Question {
	return slices.SortedFunc(slices.Values(questions), func(a, b detect.Question) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Subject, b.Subject))
	})
}

// valueOf returns the answer to a question, given beforehand or now. Without one
// it reports the flag that would answer.
func (w *work) valueOf(ctx context.Context, q detect.Question) (value []byte, ok bool, err error) {
	for _, f := range w.facts {
		if f.Name == q.Name && f.Subject == q.Subject {
			return nil, false, fmt.Errorf("detector asks for %s of %s, which is answered", q.Name, q.Subject)
		}
	}
	if w.in.Questioner == nil {
		w.reportQuestion(q)
		return nil, false, nil
	}
	node, err := w.in.Questioner.Answer(ctx, q)
	if err != nil {
		return nil, false, err
	}
	return encoded(node)
}

func encoded(node expression.Node) ([]byte, bool, error) {
	value, err := state.Encode(node)
	return value, err == nil, err
}

func (w *work) reportQuestion(q detect.Question) {
	var place diag.Range
	if a, err := address.Parse(q.Subject); err == nil {
		place = w.in.Declaration.Places[a]
	}
	w.report(diag.Diagnostic{
		Code: openQuestion, Summary: q.Text, Detail: q.Why, Range: place, Address: q.Subject,
		Next: "add to the command:\n  " + q.Flag,
	})
}

// given makes facts of the defaults that were given by flags, and of what the
// models say about the way.
func (r *run) given() error {
	for _, answer := range r.in.Answers.Defaults {
		if err := r.say(Default, answer.Field, answer.Value); err != nil {
			return err
		}
	}
	for _, answer := range r.in.Answers.Usings {
		if err := r.say(Using, answer.Field, answer.Value); err != nil {
			return err
		}
	}
	for _, h := range r.in.Declaration.Hints {
		r.facts = append(r.facts, detect.Fact{Name: h.Name, Subject: h.Object.String(), Value: h.Value})
	}
	return nil
}

// say makes a fact of an answer about a field.
func (r *run) say(question, field string, answer expression.Node) error {
	a, ok := r.fieldAt(question, field)
	if !ok {
		r.reportNoField(question, field)
		return nil
	}
	value, err := state.Encode(answer)
	if err != nil {
		return err
	}
	t := told{question, a}
	if slices.Contains(r.told, t) {
		r.reportTwice(t)
		return nil
	}
	r.told = append(r.told, t)
	r.facts = append(r.facts, detect.Fact{Name: question, Subject: a.String(), Value: value})
	return nil
}

// Default is the fact that answers which value rows get that have none.
const Default = "default"

// Using is the fact that answers what values become in another type.
const Using = "using"

// fieldAt returns the object that a path of the user's names, of a kind whose
// owner can ask a question.
func (r *run) fieldAt(question, path string) (address.Address, bool) {
	for o := range r.to.All() {
		if !o.Parent.IsZero() && r.owners.consumes(o.Address.Kind(), question) && samePath(path, o.Address) {
			return o.Address, true
		}
	}
	return address.Address{}, false
}

func (r *run) reportNoField(question, path string) {
	r.report(diag.Diagnostic{
		Code:    "WH2004",
		Summary: fmt.Sprintf("--%s %s names no field", question, path),
		Detail:  "A field is named as app.model.field or model.field, as in the models.",
		Next:    "mend the name, or leave the flag out",
	})
}

func sortedKeys[V any](m map[address.Address]V) []address.Address {
	keys := make([]address.Address, 0, len(m))
	for a := range m {
		keys = append(keys, a)
	}
	slices.SortFunc(keys, address.Compare)
	return keys
}

// The codes of questions that nobody has answered.
const (
	openRename   = "WH2001"
	openQuestion = "WH2003"
	openMove     = "WH2009"
)

// IsOpen reports whether all that an error of Run says is that questions are open:
// something has changed, and what to make of it is for the user to say.
func IsOpen(err error) bool {
	var found diag.List
	if !errors.As(err, &found) {
		return false
	}
	return !slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && !slices.Contains([]string{openRename, openQuestion, openMove}, d.Code)
	})
}
