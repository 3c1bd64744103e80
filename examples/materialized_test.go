package examples_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// TestMaterialized changes what a materialized view reads, and then the view.
func TestMaterialized(t *testing.T) {
	t.Parallel()
	p := project{t: t, program: build(t), dir: t.TempDir(), url: scratch.Database(t)}
	require.NoError(t, os.CopyFS(p.dir, os.DirFS("materialized")))
	p.buildPlugins("materialized")
	p.whimbrel("make", "--no-input")
	p.whimbrel("migrate", "--url", p.url)
	p.run("INSERT INTO pizza (name, price) VALUES ('margherita', 7.50)", "INSERT INTO sale (pizza_id, day, count) VALUES (1, '2026-01-01', 2)",
		"REFRESH MATERIALIZED VIEW turnover")
	first := p.snapshot()

	p.edit("numeric(8, 2)", "numeric(12, 4)", `field "count"`, `field "amount"`, "s.count", "s.amount", `model "sale"`, `model "order"`, "from sale", `from \"order\"`)
	p.whimbrel("make", "--no-input", "--rename", "shop.sale=order", "--rename", "shop.order.count=amount")
	p.whimbrel("migrate", "--url", p.url)
	require.Contains(t, p.snapshot(), "(((s.amount)::numeric * p.price))")
	require.Equal(t, [][]string{{"2026-01-01", "15.0000"}}, p.rows("SELECT * FROM turnover"), "it has the rows again")
	second := p.snapshot()

	p.edit(`materialized "turnover" {`, "materialized \"revenue\" {\n  renamed_from = turnover", "from turnover", "from revenue")
	p.whimbrel("make", "--no-input")
	p.whimbrel("make", "--no-input", "--check")
	p.whimbrel("migrate", "--url", p.url)
	require.Equal(t, [][]string{{"2026-01-01"}}, p.rows("SELECT * FROM best_day"))
	p.whimbrel("plugin", "inspect", "materialized", "--url", p.url, "--inspect-as-superuser")

	p.whimbrel("rollback", "--url", p.url, "--steps", "1")
	require.Equal(t, second, p.snapshot())
	p.whimbrel("rollback", "--url", p.url, "--steps", "1", "--allow", "data_loss")
	require.Equal(t, first, p.snapshot())
}

// edit replaces texts in the models.
func (p project) edit(oldnew ...string) {
	p.t.Helper()
	file := filepath.Join(p.dir, "models", "shop.hcl")
	text, err := os.ReadFile(file)
	require.NoError(p.t, err)
	require.NoError(p.t, os.WriteFile(file, []byte(strings.NewReplacer(oldnew...).Replace(string(text))), 0o644))
}

// run runs statements, and rows returns what a query does.
func (p project) run(statements ...string) {
	p.t.Helper()
	for _, sql := range statements {
		p.rows(sql)
	}
}

func (p project) rows(sql string) [][]string {
	p.t.Helper()
	db, err := postgres.Connect(p.t.Context(), p.url)
	require.NoError(p.t, err)
	defer db.Close()
	found, err := db.Query(p.t.Context(), sql)
	require.NoError(p.t, err)
	return found.Values
}
