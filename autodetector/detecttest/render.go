package detecttest

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// render returns a plan as the text of a section "want".
func render(plan autodetector.Plan, found diag.List) string {
	var b strings.Builder
	for _, d := range found {
		b.WriteString("# " + strings.ToLower(d.Severity.String()) + ": " + d.Summary + "\n")
		if d.Next != "" {
			b.WriteString("# next: " + strings.ReplaceAll(d.Next, "\n", "\n#   ") + "\n")
		}
	}
	for _, step := range plan.Steps {
		if len(plan.Steps) > 1 {
			b.WriteString("# migration of " + step.App + "\n")
		}
		for _, op := range step.Operations {
			renderOperation(&b, op)
		}
	}
	return b.String()
}

func renderOperation(b *strings.Builder, op operation.Operation) {
	summary := op.Summary
	if summary == "" {
		summary = op.Kind + " " + op.Target.String()
	}
	b.WriteString("# " + summary + "\n")
	for _, h := range op.Hazard {
		way := ""
		if h.Down {
			way = " on the way back"
		}
		b.WriteString("# " + h.Code + way + ": " + h.Text + "\n")
	}
	if op.Transaction != operation.InTransaction {
		b.WriteString("# transaction: " + string(op.Transaction) + "\n")
	}
	renderStatements(b, op.Up)
	if len(op.Down) > 0 {
		b.WriteString("# back\n")
		renderStatements(b, op.Down)
	}
	if op.Irreversible != "" {
		b.WriteString("# irreversible: " + op.Irreversible + "\n")
	}
}

func renderStatements(b *strings.Builder, statements []operation.Statement) {
	for _, s := range statements {
		b.WriteString(s.Text() + ";\n")
	}
}
