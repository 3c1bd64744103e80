package runner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// Text returns what is run of a script in one direction, for people, with the bounds
// of its transactions. The record of it in the schema "whimbrel" is left out.
func Text(script *migration.Script, down bool) string {
	var out strings.Builder
	steps := slices.Clone(script.Steps)
	if down {
		slices.Reverse(steps)
	}
	open := false
	for _, step := range steps {
		statements := step.Up
		if down {
			statements = step.Down
		}
		if len(statements) == 0 {
			continue
		}
		outside := step.Transaction == operation.Outside
		switch {
		case open && outside:
			out.WriteString("COMMIT;\n\n")
		case !open && !outside:
			out.WriteString("BEGIN;\nSET LOCAL lock_timeout = '3s';\n\n")
		}
		open = !outside
		fmt.Fprintf(&out, "-- %d: %s%s\n", step.Number, map[bool]string{true: "undo "}[down], operation.Words(step.Kind, step.Target.String()))
		for _, statement := range statements {
			fmt.Fprintf(&out, "%s;\n", strings.TrimRight(statement.SQL, "; \n"))
		}
		out.WriteByte('\n')
		if step.Transaction == operation.Committed {
			out.WriteString("COMMIT;\n\n")
			open = false
		}
	}
	if open {
		out.WriteString("COMMIT;\n")
	}
	return out.String()
}

