package plugins

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// merge joins the results of the batches of one pass in an order that does not
// depend on how the pass was divided, with empty lists as nil, so that results
// are equal whatever brought them here.
func merge(results []detect.Result) detect.Result {
	var all detect.Result
	for _, result := range results {
		all.Operations = append(all.Operations, result.Operations...)
		all.Facts = append(all.Facts, result.Facts...)
		all.Questions = append(all.Questions, result.Questions...)
		all.Diagnostics = append(all.Diagnostics, result.Diagnostics...)
	}
	for i, op := range all.Operations {
		all.Operations[i] = tidied(op)
	}
	slices.SortStableFunc(all.Operations, compareOperations)
	slices.SortStableFunc(all.Facts, func(a, b detect.Fact) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Subject, b.Subject), cmp.Compare(string(a.Value), string(b.Value)))
	})
	slices.SortStableFunc(all.Questions, func(a, b detect.Question) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Text, b.Text))
	})
	all.Diagnostics = all.Diagnostics.Sorted()
	return all
}

func compareOperations(a, b operation.Operation) int {
	if c := cmp.Or(address.Compare(a.Target, b.Target), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Summary, b.Summary)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(text(a.Up), text(b.Up)), cmp.Compare(text(a.Down), text(b.Down)))
}

func text(statements []operation.Statement) string {
	var b strings.Builder
	for _, statement := range statements {
		b.WriteString(statement.Text() + ";")
	}
	return b.String()
}

// tidied returns an operation with empty lists as nil.
func tidied(op operation.Operation) operation.Operation {
	op.Edits, op.Needs, op.Touches = list(op.Edits), list(op.Needs), list(op.Touches)
	op.Frees, op.Takes, op.Locks = list(op.Frees), list(op.Takes), list(op.Locks)
	op.Up, op.Down, op.Hazard = list(op.Up), list(op.Down), list(op.Hazard)
	if op.Aside != nil {
		op.Aside = &operation.Aside{
			Up: list(op.Aside.Up), Down: list(op.Aside.Down),
			RestUp: list(op.Aside.RestUp), RestDown: list(op.Aside.RestDown),
		}
	}
	return op
}

func list[T any](items []T) []T {
	if len(items) == 0 {
		return nil
	}
	return items
}
