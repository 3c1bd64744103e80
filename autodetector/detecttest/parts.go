package detecttest

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// parts returns what operations run in one direction, in the order given: transactions,
// and statements outside of one.
func parts(operations []operation.Operation, way func(operation.Operation) []operation.Statement) []string {
	var list []string
	for _, group := range groups(operations) {
		if group[0].Transaction == operation.Outside {
			for _, s := range way(group[0]) {
				list = append(list, s.Text()+";\n")
			}
			continue
		}
		var b strings.Builder
		b.WriteString("BEGIN;\n")
		for _, op := range group {
			renderStatements(&b, way(op))
		}
		list = append(list, b.String()+"COMMIT;\n")
	}
	return list
}

// groups returns operations by transactions. One outside of them is alone.
func groups(operations []operation.Operation) [][]operation.Operation {
	var list [][]operation.Operation
	open := false
	for _, op := range operations {
		alone := op.Transaction == operation.Outside || op.Quiet()
		if !open || alone {
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], op)
		open = !alone && op.Transaction != operation.Committed
	}
	return list
}

func up(op operation.Operation) []operation.Statement   { return op.Up }
func down(op operation.Operation) []operation.Statement { return op.Down }
