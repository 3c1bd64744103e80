package auditlog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"
)

// day returns a day at noon: migrations are applied then.
func day(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }

// renames returns the names after migrations of one edit each, applied on the 1st,
// 2nd and so on.
func renames(edits ...state.Edit) auditlog.Names {
	var migrations []*migration.Migration
	var applied []postgres.AppliedMigration
	for i, edit := range edits {
		id := string(rune('a' + i))
		migrations = append(migrations, &migration.Migration{App: "shop", ID: id, Operations: []operation.Operation{{Edits: []state.Edit{edit}}}})
		applied = append(applied, postgres.AppliedMigration{App: "shop", ID: id, At: day(i + 1)})
	}
	return auditlog.NewNames(migrations, applied)
}

func model(name string) address.Address { return address.New("model", "shop", name) }

func field(model, name string) address.Address { return address.New("field", "shop", model, name) }

func rename(from, to address.Address) state.Edit {
	return state.Edit{Rename: []state.Rename{{From: from, To: to}}}
}

// present checks what models are called now whose records are of a day. It asks often:
// the answer must not depend on the order of a map.
func present(t *testing.T, names auditlog.Names, want, model string, of time.Time) {
	t.Helper()
	for range 100 {
		require.Equal(t, want, names.Present(auditlog.Record{Model: model, At: of}), "%s on %s", model, of.Format(time.DateOnly))
	}
}

// A join model that was renamed by itself had the name of its model before it too.
func TestNames_of_a_join_model(t *testing.T) {
	t.Parallel()
	names := renames(rename(model("pizza"), model("pie")), rename(field("pie", "toppings"), field("pie", "tops")))
	before := day(1).Add(-time.Hour)
	present(t, names, "shop.pie.tops", "shop.pizza.toppings", before)
	present(t, names, "shop.pie.tops", "shop.pie.toppings", day(1).Add(time.Hour))
	present(t, names, "shop.pie.tops", "shop.pie.tops", day(3))
	present(t, names, "shop.pie.sauces", "shop.pizza.sauces", before)
	present(t, names, "shop.pie", "shop.pizza", before)
	present(t, names, "shop.pizzas", "shop.pizzas", before)
}

// It goes along when its model is renamed later.
func TestNames_below_a_renamed_model(t *testing.T) {
	t.Parallel()
	names := renames(rename(field("pizza", "toppings"), field("pizza", "tops")), rename(model("pizza"), model("pie")))
	present(t, names, "shop.pie.tops", "shop.pizza.toppings", day(1).Add(-time.Hour))
	present(t, names, "shop.pie.tops", "shop.pizza.tops", day(1).Add(time.Hour))
	require.Equal(t, []auditlog.Name{
		{Name: "shop.pizza.toppings", Until: day(1)},
		{Name: "shop.pizza.tops", From: day(1), Until: day(2)},
		{Name: "shop.pie.tops", From: day(2)},
	}, names.Of("shop.pie.tops"))
}

// A name can be that of one model after the other.
func TestNames_used_again(t *testing.T) {
	t.Parallel()
	names := renames(
		rename(model("pizza"), model("pie")),
		state.Put(&state.Object{Address: model("pizza"), App: "shop"}),
		state.Edit{Rename: []state.Rename{{From: model("pizza"), To: model("pie")}, {From: model("pie"), To: model("pizza")}}},
	)
	present(t, names, "shop.pizza", "shop.pizza", day(1).Add(-time.Hour))
	present(t, names, "shop.pizza", "shop.pie", day(2).Add(time.Hour))
	present(t, names, "shop.pie", "shop.pizza", day(2).Add(time.Hour))
	present(t, names, "shop.pie", "shop.pie", day(3))
	require.Equal(t, []auditlog.Name{{Name: "shop.crust"}}, names.Of("shop.crust"))
}

// What is not applied has renamed nothing.
func TestNames_pending(t *testing.T) {
	t.Parallel()
	pending := &migration.Migration{App: "shop", ID: "a", Operations: []operation.Operation{{Edits: []state.Edit{rename(model("pizza"), model("pie"))}}}}
	names := auditlog.NewNames([]*migration.Migration{pending}, []postgres.AppliedMigration{{App: "other", ID: "a", At: day(1)}})
	require.Empty(t, names)
	require.Equal(t, "shop.pizza", names.Present(auditlog.Record{Model: "shop.pizza"}))
}
