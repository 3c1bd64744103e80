package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// together are the plugins of the examples that one project can have, in the orders in
// which they are installed.
var together = [][]string{
	{"notify", "materialized", "fkindex", "grants", "statistics", "partitions"},
	{"partitions", "statistics", "grants", "fkindex", "materialized", "notify"},
	{"fkindex", "statistics", "notify", "partitions", "grants", "materialized"},
}

// shopOfAll are models of which every plugin has something to say, before and after
// renames of a model, a field, a column and of labels.
const shopOfAll = `
model "author" {
  field "name" { type = text }
}
model "book" {
  field "title" { type = text }
  field "price" { type = numeric(8, 2) }
  field "pages" { type = integer }
  field "author" { type = foreign_key(author) }
  index "by_author" { fields = [author] }

  notify "prices" {
    channel = "shop"
    payload = [id, price]
  }
  correlated "size" { fields = [price, pages] }
}
model "sale" {
  field "at" { type = timestamptz }
  field "price" { type = numeric(8, 2) }
  primary_key { fields = [at] }

  monthly {
    over  = at
    first = "2026-11"
    count = 2
  }
  months_ahead = true
}
materialized "dear" { query = sql("select title, price from book where price > 20") }
`

// TestTogether takes one model with all plugins up, through renames, down to nothing, and up
// again. In whatever order they are installed the migrations are the same bytes.
func TestTogether(t *testing.T) {
	t.Parallel()
	program := build(t)
	later := strings.NewReplacer(
		`model "book"`, `model "tome"`, `field "price"`, `field "cost"`, "[id, price]", "[id, cost]", "[price, pages]", "[cost, pages]",
		`notify "prices"`, `notify "costs"`, `correlated "size"`, `correlated "bulk"`, `materialized "dear"`, `materialized "costly"`,
		"title, price from book where price", "title, cost from tome where cost", "> 20", "> 30",
		`model "sale"`, `model "deal"`, `field "at"`, `field "on"`, "[at]", "[on]", "over  = at", "over  = on", "count = 2", "count = 3").Replace(shopOfAll)
	var first map[string]string
	for i, order := range together {
		p := project{t: t, program: program, dir: t.TempDir()}
		p.installs(order)
		p.models(shopOfAll)
		p.whimbrel("make", "--no-input", "-n", "all")
		p.models(later)
		p.whimbrel("make", "--no-input", "-n", "later", "--rename", "shop.book=tome", "--rename", "shop.tome.price=cost",
			"--rename", "shop.tome.prices=costs", "--rename", "shop.tome.size=bulk", "--rename", "shop.dear=costly",
			"--rename", "shop.sale=deal", "--rename", "shop.deal.at=on", "--rename", "shop.deal.price=cost")
		p.whimbrel("make", "--no-input", "--check")
		written := p.migrations()
		if i == 0 {
			first = written
			p.url = scratch.Database(t)
			p.upAndDown()
		}
		require.Equal(t, first, written, "installed as %v", order)
	}
}

// installs builds the plugins, and enables them in an order.
func (p project) installs(order []string) {
	p.t.Helper()
	text := "app \"shop\" {}\n"
	for _, name := range order {
		text += fmt.Sprintf("plugin %q { source = \"./bin/whimbrel-plugin-%s\" }\n", name, name)
	}
	require.NoError(p.t, os.WriteFile(filepath.Join(p.dir, "whimbrel.hcl"), []byte(text), 0o644))
	require.NoError(p.t, os.Mkdir(filepath.Join(p.dir, "models"), 0o755))
	for _, name := range order {
		if name == "statistics" {
			name = "plugin-python"
		}
		p.builds(name)
	}
	p.whimbrel("plugin", "lock")
}

func (p project) models(text string) {
	p.t.Helper()
	require.NoError(p.t, os.WriteFile(filepath.Join(p.dir, "models", "shop.hcl"), []byte(text), 0o644))
}

// migrations returns the files by name, without the time that is in them.
func (p project) migrations() map[string]string {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.dir, "migrations", "*.sql"))
	require.NoError(p.t, err)
	require.Len(p.t, files, 2)
	found := map[string]string{}
	var stamps []string
	for _, file := range files {
		stamp, name, _ := strings.Cut(filepath.Base(file), "_")
		stamps = append(stamps, stamp, "TIME")
		text, err := os.ReadFile(file)
		require.NoError(p.t, err)
		found[name] = strings.NewReplacer(stamps...).Replace(string(text))
	}
	return found
}

// upAndDown takes a database up, down by one, up, to nothing and up again. What is there is
// the same each time.
func (p project) upAndDown() {
	p.t.Helper()
	p.whimbrel("migrate", "--url", p.url)
	whole := p.snapshot()
	require.Contains(p.t, whole, "CREATE TRIGGER costs AFTER INSERT OR DELETE OR UPDATE ON public.tome")
	require.NotContains(p.t, whole, "book")
	p.whimbrel("rollback", "--url", p.url, "--steps", "1", "--allow", "data_loss")
	require.Contains(p.t, p.snapshot(), "CREATE TRIGGER prices AFTER INSERT OR DELETE OR UPDATE ON public.book")
	p.whimbrel("migrate", "--url", p.url)
	require.Equal(p.t, whole, p.snapshot())
	p.whimbrel("rollback", "--url", p.url, "--to", "zero", "--allow", "data_loss")
	require.NotEqual(p.t, whole, p.snapshot())
	p.whimbrel("migrate", "--url", p.url)
	require.Equal(p.t, whole, p.snapshot())
}
