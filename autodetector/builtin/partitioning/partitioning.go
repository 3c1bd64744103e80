// Package partitioning writes by what rows are divided into partitions, and says what
// follows from that for keys. The kinds model, partition, constraint, index and field
// work with it; it owns no objects.
package partitioning

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// CodeFixed is the code of what cannot be changed about a partitioned table.
const CodeFixed = "WH2317"

// codeKey is the code of keys without what the rows are divided by.
const codeKey = "WH2318"

// Clause returns PARTITION BY with what stands behind it.
func Clause(at sdk.Moment, by expression.Node) string {
	keys := make([]string, len(by.Args))
	for i, arg := range by.Args {
		keys[i] = at.SQL(arg)
		if arg.Kind != expression.Field {
			keys[i] = "(" + keys[i] + ")"
		}
	}
	return "PARTITION BY " + strings.ToUpper(by.Text) + " (" + strings.Join(keys, ", ") + ")"
}

// Fixed reports a change of a partitioned table that PostgreSQL does not make.
func Fixed(w *sdk.Work, o *sdk.Object, summary string) {
	w.Report(diag.Diagnostic{
		Code: CodeFixed, Address: o.Address.String(), Summary: summary,
		Detail: "PostgreSQL changes neither by what a table is partitioned nor the type of a column that it is partitioned by.",
		Next:   "make another model, copy the rows in SQL, with: whimbrel make --empty; then drop this one and rename the other",
	})
}

// Keyed reports a key of a partitioned table without all by what the rows are
// divided: PostgreSQL knows that a value is unique in a partition only.
func Keyed(w *sdk.Work, o *sdk.Object, fields []address.Ref) {
	if by := w.To.Model(o.Parent).PartitionBy; by != nil {
		KeyedBy(w, o, fields, *by, fmt.Sprintf("model %q", o.Parent.Name()))
	}
}

// KeyedBy reports a key without all by what a table, which people know by the name, is
// divided.
func KeyedBy(w *sdk.Work, o *sdk.Object, fields []address.Ref, by expression.Node, divided string) {
	for _, arg := range by.Args {
		if arg.Kind == expression.Field && has(fields, arg.Path[0]) {
			continue
		}
		what, next := "an expression", "write a field in its place, or take the key out"
		if arg.Kind == expression.Field {
			what, next = fmt.Sprintf("field %q", arg.Path[0].Name()), fmt.Sprintf("add %s to the fields of the key", arg.Path[0].Name())
		}
		w.Report(diag.Diagnostic{
			Code: codeKey, Address: o.Address.String(),
			Summary: fmt.Sprintf("%s is unique and is not over %s, by which %s is partitioned", o.Address, what, divided),
			Detail:  "PostgreSQL looks for a value in one partition only, so each key has to have what the rows are divided by.", Next: next,
		})
	}
}

func has(fields []address.Ref, field address.Ref) bool {
	for _, other := range fields {
		if other.Address == field.Address {
			return true
		}
	}
	return false
}

// Divides reports whether the rows of a table are divided by a field.
func Divides(m model.Model, field address.Address) bool {
	found := false
	if m.PartitionBy != nil {
		m.PartitionBy.Walk(func(n expression.Node) {
			found = found || n.Kind == expression.Field && n.Path[0].Address == field
		})
	}
	return found
}
