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
	var t transcript
	if down {
		for _, step := range slices.Backward(script.Steps) {
			t.step(step, operation.Undone, step.Down)
		}
	} else {
		for _, step := range script.Steps {
			t.step(step, operation.Words, step.Up)
		}
	}
	if t.open {
		t.out.WriteString("COMMIT;\n")
	}
	return t.out.String()
}

// A transcript is the text so far; open while a transaction is.
type transcript struct {
	out  strings.Builder
	open bool
}

func (t *transcript) step(step migration.Step, words func(kind, target string) string, statements []migration.Statement) {
	if len(statements) == 0 {
		return
	}
	t.bound(step.Transaction == operation.Outside)
	fmt.Fprintf(&t.out, "-- %d: %s\n", step.Number, words(step.Kind, step.Target.String()))
	for _, statement := range statements {
		fmt.Fprintf(&t.out, "%s;\n", strings.TrimRight(statement.SQL, "; \n"))
	}
	t.out.WriteByte('\n')
	if step.Transaction == operation.Committed {
		t.commit()
	}
}

// bound ends or begins a transaction where the next step needs it.
func (t *transcript) bound(outside bool) {
	switch {
	case t.open && outside:
		t.commit()
	case !t.open && !outside:
		t.out.WriteString("BEGIN;\nSET LOCAL lock_timeout = '3s';\n\n")
		t.open = true
	}
}

func (t *transcript) commit() {
	t.out.WriteString("COMMIT;\n\n")
	t.open = false
}
