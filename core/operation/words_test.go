package operation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, target, want string }{
		{"create_model", "model shop.pizza", "create model shop.pizza"},
		{"rename", "field shop.pizza.name", "rename field shop.pizza.name"},
		{"triggers.create_audit_trigger", "triggers.audit_trigger shop.pizza", "create audit trigger shop.pizza"},
		{"triggers.create_log", "triggers.log log", "create log"},
		{"sql", "", "sql"},
	} {
		require.Equal(t, c.want, operation.Words(c.kind, c.target))
	}
}

// What comes and what goes is told as it will be.
func TestUndone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, target, want string }{
		{"create_model", "model shop.pizza", "drop model shop.pizza"},
		{"drop_field", "field shop.pizza.name", "create field shop.pizza.name"},
		{"rls.enable_rls", "rls.enabled shop.pizza", "disable rls shop.pizza"},
		{"add_value", "enum shop.size", "remove value shop.size"},
		{"alter_field", "field shop.pizza.name", "undo alter field shop.pizza.name"},
		{"rename", "field shop.pizza.name", "undo rename field shop.pizza.name"},
		{"sql", "", "undo sql"},
	} {
		require.Equal(t, c.want, operation.Undone(c.kind, c.target))
	}
}
