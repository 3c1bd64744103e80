package project_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector/project"
)

const bookshop = `
model "book" {
  field "title" { type = varchar(200) }
  field "price" {
    type    = numeric(8, 2)
    default = 0
  }
  check "price_not_negative" { that = price >= 0 }
}
`

// A project is begun, a model is declared, and the migration that follows from it is
// planned, shown and written. No database is needed.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "bookshop-")
	check(err)
	defer os.RemoveAll(dir)
	check(os.WriteFile(filepath.Join(dir, "whimbrel.hcl"), []byte(`app "shop" {}`), 0o644))
	check(os.Mkdir(filepath.Join(dir, "models"), 0o755))
	check(os.WriteFile(filepath.Join(dir, "models", "shop.hcl"), []byte(bookshop), 0o644))

	p, err := project.Open(ctx, dir, project.Options{
		Release: "0.1.0",
		Now:     func() (time.Time, error) { return time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC), nil },
	})
	check(err)
	defer p.Close()
	plan, err := p.Plan(ctx, project.PlanOptions{})
	check(err)
	for _, m := range plan.Migrations {
		for _, op := range m.Operations {
			fmt.Println(op.Kind, op.Target)
		}
	}
	files, err := plan.Write(ctx)
	check(err)
	for _, file := range files {
		fmt.Println(file)
	}

	history, err := p.History(ctx)
	check(err)
	initial, err := history.Find("initial")
	check(err)
	fmt.Println("written by whimbrel", initial.Version)
	plan, err = p.Plan(ctx, project.PlanOptions{})
	check(err)
	fmt.Println("still to be made:", len(plan.Migrations))
	// Output:
	// create_model model shop.book
	// migrations/20261122110000_initial.sql
	// migrations/20261122110000_initial.ops.json
	// written by whimbrel 0.1.0
	// still to be made: 0
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
