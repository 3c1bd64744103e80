package input

import (
	"context"
	"fmt"

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
		q.Line("  %d  renamed to %s", i+1, c.Name())
	}
	q.Line("  %d  no: drop it", len(candidates)+1)
	choice, err := q.Choose(ctx, len(candidates)+1)
	if err != nil || choice > len(candidates) {
		return address.Address{}, err
	}
	return candidates[choice-1], nil
}

// Answer asks a detector's question until the answer is an expression.
func (q *questioner) Answer(ctx context.Context, asked detect.Question) (expression.Node, error) {
	field, err := address.Parse(asked.Subject)
	if err != nil {
		return expression.Node{}, fmt.Errorf("a question about %q: %w", asked.Subject, err)
	}
	q.Question(asked.Text, asked.Why)
	q.Line(`  A value of the model language, such as 3, "novel" or now().`)
	for {
		text, err := q.Ask(ctx, "value: ")
		if err != nil {
			return expression.Node{}, err
		}
		node, found := project.ParseValue(text, "the answer", field, q.wanted)
		if !found.HasErrors() {
			return node, nil
		}
		q.Line("  %s", diag.Escape(found.Error()))
	}
}
