package migration

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// compareSteps reports where a script and a sidecar are not of the same
// migration, whatever the SQL is.
func compareSteps(script *Script, m *Migration) diag.List {
	if script.App != m.App || !slices.Equal(script.Parents, m.Parents) {
		return diag.List{unlike(script.Name, 1, "the app or the parents")}
	}
	if len(script.Steps) != len(m.Operations) || script.Opaque {
		return diag.List{unlike(script.Name, 1, fmt.Sprintf("the number of operations: %d here, %d there", len(script.Steps), len(m.Operations)))}
	}
	for i, step := range script.Steps {
		op := m.Operations[i]
		if step.Kind != op.Kind || step.Target != op.Target {
			return diag.List{unlike(script.Name, step.Line, fmt.Sprintf("operation %d, which is %s %s there", i+1, op.Kind, op.Target))}
		}
		if step.Detector != op.Detector || step.Transaction != op.Transaction || step.Irreversible != op.Irreversible {
			return diag.List{unlike(script.Name, step.Line, fmt.Sprintf("operation %d: its detector, its way of running or its irreversibility", i+1))}
		}
		if !slices.Equal(withoutProbes(step.Hazards), op.Hazard) {
			return diag.List{unlike(script.Name, step.Line, fmt.Sprintf("the hazards of operation %d", i+1))}
		}
	}
	return nil
}

// compareSQL reports the operations whose SQL is not what was hashed, and a
// summary that says something else than the operations do.
func compareSQL(script *Script, m *Migration) diag.List {
	var diags diag.List
	for i, step := range script.Steps {
		if step.Hashes() != m.Hashes[i] {
			diags = append(diags, edited(script, step, m.Operations[i]))
		}
	}
	operations := withSQL(m.Operations, script)
	if want := Summary(operations); !isSummary(script.Summary, operations) {
		diags = append(diags, diag.Diagnostic{
			Code: "WH3032", Summary: fmt.Sprintf("the summary of %s is not what its operations do", script.Name), Range: top(script.Name),
			Detail: fmt.Sprintf("They do this: %s. Reviewers trust that line.", want),
			Next:   "write the line \"-- " + ownMark + "summary " + want + "\"",
		})
	}
	return diags
}

// withSQL returns the operations of a sidecar with the SQL of their script.
func withSQL(operations []operation.Operation, script *Script) []operation.Operation {
	all := slices.Clone(operations)
	for i, step := range script.Steps {
		all[i].Up, all[i].Down = sqlOf(step.Up), sqlOf(step.Down)
	}
	return all
}

func unlike(name string, line int, what string) diag.Diagnostic {
	at := top(name)
	at.Start.Line, at.End.Line = line, line
	return diag.Diagnostic{
		Code: "WH3030", Summary: fmt.Sprintf("%s and its sidecar differ in %s", name, what), Range: at,
		Detail: "The .sql is what runs, the .ops.json is what replays. SQL can be edited; operations cannot be added, taken out or exchanged.",
		Next:   fmt.Sprintf("restore both files: git checkout -- %s %s; for SQL of your own, run whimbrel make --empty", name, idOf(name)+sidecarSuffix),
	}
}

func edited(script *Script, step Step, op operation.Operation) diag.Diagnostic {
	at := top(script.Name)
	at.Start.Line, at.End.Line = step.Line, step.Line
	return diag.Diagnostic{
		Code:    "WH3031",
		Summary: fmt.Sprintf("the SQL of operation %d (%s %s) in %s was edited", step.Number, op.Kind, op.Target, script.Name),
		Range:   at, Address: op.Target.String(),
		Detail: "Its hash in the sidecar is another one. What replays does not follow the edit.",
		Next:   fmt.Sprintf("undo the edit (git checkout -- %s), or say that you mean it: whimbrel make --seal %s", script.Name, script.ID),
	}
}
