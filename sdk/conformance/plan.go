package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
	"github.com/whimbreldb/whimbrel/core/state"
)

// plan returns the operations in their order, or what is wrong.
func (t *trial) plan(ctx context.Context, from, to stage, r *recorder) ([]operation.Operation, *failure) {
	limited, cancel := context.WithTimeout(ctx, 10*t.Limit)
	defer cancel()
	plan, found, err := autodetector.Run(limited, autodetector.Input{
		Made: t.origins(limited, from), Names: t.names(limited, from), From: t.settled(from), Declaration: to.declared,
		Detectors: builtin.Detectors(), Plugins: append([]detect.Detector{r}, t.Beside...), Questioner: nobody{}, Answers: t.given(from, to),
		Foreign: []string{t.Detector.Manifest().Name}, Reader: t.reader,
		Configs: map[string]json.RawMessage{t.Detector.Manifest().Name: t.Config},
	})
	for _, took := range r.took {
		if took > t.Limit {
			t.wrong(limitCheck, "from %s to %s: a pass took %s, the limit is %s", from.name, to.name, took.Round(time.Millisecond), t.Limit)
		}
	}
	if err != nil || found.HasErrors() {
		return nil, &failure{
			check: broken(err), why: explained(found, err), refused: err == nil || errors.Is(err, errQuestion),
			newOnly: err == nil && !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Code != autodetector.NewOnly }),
		}
	}
	var operations []operation.Operation
	for _, s := range plan.Steps {
		operations = slices.Concat(operations, s.Operations)
	}
	return operations, nil
}

// settled returns the state that migrations to a stage lead to.
func (t *trial) settled(s stage) *state.State {
	return autodetector.Settled(s.declared.State, builtin.Detectors(), t.plugins())
}

// plugins are the detector and those that it is tried beside.
func (t *trial) plugins() []detect.Detector {
	return append([]detect.Detector{t.Detector}, t.Beside...)
}

// broken returns the promise that an error of the autodetector is about.
func broken(err error) string {
	var list diag.List
	var one diag.Diagnostic
	if errors.As(err, &list) && len(list) > 0 {
		one = list[0]
	} else {
		errors.As(err, &one)
	}
	switch {
	case one.Code == autodetector.Unproven:
		return convergenceCheck
	case one.Code == review.OneWay:
		return inverseCheck
	case one.Code == autodetector.Unnamed:
		return namesCheck
	case strings.HasPrefix(one.Code, "WH404") || strings.HasPrefix(one.Code, "WH405"):
		return ownershipCheck
	}
	return modelsCheck
}

// owns reports whether a kind is the detector's.
func (t *trial) owns(kind string) bool {
	return slices.ContainsFunc(t.Detector.Manifest().Kinds, func(k detect.Kind) bool { return k.Name == kind })
}

// nobody takes part in the place of a user: what is gone is dropped.
type nobody struct{}

// Rename says that it is none of the candidates.
func (nobody) Rename(context.Context, address.Address, []address.Address) (address.Address, error) {
	return address.Address{}, nil
}

// Answer has no answer.
func (nobody) Answer(_ context.Context, q detect.Question) (expression.Node, error) {
	return expression.Node{}, fmt.Errorf("%w: %s", errQuestion, q.Text)
}

var errQuestion = errors.New("the models leave a question open")
