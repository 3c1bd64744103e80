package input

import (
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A questioner asks a person the autodetector's questions.
type questioner struct {
	*output.Prompt
	wanted *state.State // what answers are checked against
}

// Rename asks which of the new objects the old one has become.
func (q *questioner) Rename(ctx context.Context, old address.Address, candidates []address.Address) (address.Address, error) {
	q.Question(fmt.Sprintf("%s is gone. Is it renamed?", detect.Called(old)), "A rename keeps the values, a drop loses them.")
	for i, c := range candidates {
		q.Line("  %d  %s", i+1, becomes(old, c))
	}
	q.Line("  %d  no: drop it", len(candidates)+1)
	choice, err := q.Choose(ctx, len(candidates)+1)
	if err != nil || choice > len(candidates) {
		return address.Address{}, err
	}
	return candidates[choice-1], nil
}

// becomes says what an object would be.
func becomes(old, now address.Address) string {
	if movesAway(old, now) {
		return "no: its values are to go to " + now.Path()
	}
	if old.App() == now.App() {
		return "renamed to " + now.Name()
	}
	return "moved to " + now.Path()
}

// movesAway reports whether a part of one object would be one of another.
func movesAway(old, now address.Address) bool {
	was, is := old.Names(), now.Names()
	return len(was) > 2 && len(was) == len(is) && !slices.Equal(was[:len(was)-1], is[:len(is)-1])
}

// Answer asks a detector's question until the answer is an expression.
func (q *questioner) Answer(ctx context.Context, asked detect.Question) (expression.Node, error) {
	field, err := address.Parse(asked.Subject)
	if err != nil {
		return expression.Node{}, fmt.Errorf("a question about %q: %w", asked.Subject, err)
	}
	q.Question(asked.Text, asked.Why)
	prompt := q.explain(asked.Name)
	for {
		text, err := q.Ask(ctx, prompt)
		if err != nil {
			return expression.Node{}, err
		}
		node, found := q.parse(asked.Name, text, field)
		if !found.HasErrors() {
			return node, nil
		}
		q.Line("  %s", diag.Escape(found.Error()))
	}
}

// explain says what an answer is, and returns the prompt for one.
func (q *questioner) explain(question string) (prompt string) {
	if question == autodetector.Using {
		q.Line(`  An expression over the field, such as cast(value, text); nothing gives the values up.`)
		return "expression: "
	}
	q.Line(`  A value of the model language, such as 3, "novel" or now().`)
	return "value: "
}

func (q *questioner) parse(question, text string, field address.Address) (expression.Node, diag.List) {
	if question == autodetector.Using {
		return project.ParseConversion(text, "the answer", field)
	}
	return project.ParseValue(text, "the answer", field, q.wanted)
}
