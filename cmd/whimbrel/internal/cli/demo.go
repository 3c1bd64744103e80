package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newDemo(s *input.Session, example fs.FS) *cobra.Command {
	return &cobra.Command{
		Use:     "demo",
		GroupID: groupMore,
		Short:   "Run the example: from models to a database and back, on a throw-away server",
		RunE:    s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return runDemo(ctx, s, example) }),
	}
}

// demo runs the example project on a server that it starts, in a folder that it
// removes, and shows each step.
func runDemo(ctx context.Context, s *input.Session, example fs.FS) (output.Result, error) {
	dir, err := os.MkdirTemp("", "whimbrel-demo-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the demo: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, example); err != nil {
		return nil, fmt.Errorf("copying the example: %w", err)
	}
	d := &demo{Session: s, out: s.Stdout(), dir: dir}
	if s.Format == output.JSON {
		d.out = s.Stderr() // stdout is for the document
	}
	d.out.Line("%s", d.out.Dim("starting a throw-away PostgreSQL server ..."))
	server, err := scratch.Start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = server.Close() }() // it ends with this process anyway
	return d.run(ctx, server)
}

// A demo is the example on its way.
type demo struct {
	*input.Session
	out   *output.Printer
	dir   string
	url   string
	db    *postgres.Database
	steps int
}

func (d *demo) run(ctx context.Context, server *scratch.Server) (_ output.Result, err error) {
	name := "whimbrel_demo_" + strings.ToLower(rand.Text()[:8])
	if d.url, err = server.CreateDatabase(ctx, name); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.DropDatabase(context.WithoutCancel(ctx), name)) }()
	if d.db, err = postgres.Connect(ctx, d.url); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.db.Close()) }()
	for _, step := range []func(context.Context) error{d.models, d.make, d.migrate, d.toppings, d.pineapple, d.audit, d.rollback} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	left, err := d.left(ctx)
	return demoResult{Steps: d.steps, Left: left}, err
}

// models shows the part of the model file that the demo is about.
func (d *demo) models(context.Context) error {
	d.heading("The models", "A pizza takes at most five toppings, and none of them is pineapple.")
	name := filepath.Join(d.dir, "models", "shop.hcl")
	text, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading the example: %w", err)
	}
	_, part, _ := strings.Cut(string(text), `model "pizza_topping" {`)
	d.indented(`model "pizza_topping" {` + part)
	return nil
}

func (d *demo) make(ctx context.Context) error {
	d.heading("From models to a migration", "No database is needed. Plugins own the triggers and the extension; the order follows from\n   what refers to what: the extension before the column of its type, the triggers last.")
	return d.whimbrel(ctx, output.ExitDone, "make", "--no-input")
}

func (d *demo) migrate(ctx context.Context) error {
	d.heading("From the migration to a database", "No plugin is needed. All operations are in one transaction.")
	return d.whimbrel(ctx, output.ExitDone, "migrate")
}

func (d *demo) toppings(ctx context.Context) error {
	d.heading("Five toppings are enough", "The rule is kept by the database, whoever writes and however.")
	return errors.Join(
		d.accepted(ctx, "INSERT INTO pizza (name, price) VALUES ('Roma', 9.50), ('Napoli', 12)"),
		d.accepted(ctx, "INSERT INTO topping (name) VALUES ('Basil'), ('Capers'), ('Garlic'), ('Olives'), ('Onions'), ('Peppers')"),
		d.accepted(ctx, "INSERT INTO pizza_topping (pizza_id, topping_id) SELECT 1, id FROM topping LIMIT 5"),
		d.refused(ctx, "INSERT INTO pizza_topping (pizza_id, topping_id) VALUES (1, 6)", "Trying to add more than 5 toppings to one pizza."),
	)
}

func (d *demo) pineapple(ctx context.Context) error {
	d.heading("No pineapple", "Neither may the pizza get it, nor may a topping on a pizza become it.")
	return errors.Join(
		d.accepted(ctx, "INSERT INTO topping (name) VALUES ('Pineapple')"),
		d.refused(ctx, "INSERT INTO pizza_topping (pizza_id, topping_id) VALUES (2, 7)", "No pineapple."),
		d.refused(ctx, "UPDATE topping SET name = 'Pineapple' WHERE name = 'Basil'", "No pineapple."),
	)
}

func (d *demo) audit(ctx context.Context) error {
	d.heading("Who changed what?", "audit_trigger = true on the model records every change of a pizza.")
	err := errors.Join(
		d.accepted(ctx, "UPDATE pizza SET price = price + 1 WHERE name = 'Roma'"),
		d.accepted(ctx, "DELETE FROM pizza WHERE name = 'Napoli'"),
	)
	if err != nil {
		return err
	}
	d.out.Line("")
	return d.show(ctx, `SELECT id, operation, model, row_id->>'id' AS row,
		max(coalesce(new->>'name', old->>'name')) OVER (PARTITION BY row_id) AS name,
		old->>'price' AS "old price", new->>'price' AS "new price" FROM audit.log ORDER BY id`)
}

func (d *demo) rollback(ctx context.Context) error {
	d.heading("And back", "A way back that loses rows is refused until somebody says that it may.")
	if err := d.whimbrel(ctx, output.ExitHazard, "rollback", "--to", "zero"); err != nil {
		return err
	}
	d.out.Line("")
	return d.whimbrel(ctx, output.ExitDone, "rollback", "--to", "zero", "--allow", "data_loss")
}

// left shows what is in the database at the end.
func (d *demo) left(ctx context.Context) ([]string, error) {
	rows, err := d.db.Query(ctx, leftQuery)
	if err != nil {
		return nil, err
	}
	left := []string{}
	for _, row := range rows.Values {
		left = append(left, row[0])
	}
	if strings.Join(left, ", ") != "table audit.log" {
		return left, fmt.Errorf("the rollback left: %s", output.OrNone(strings.Join(left, ", ")))
	}
	d.heading("What is left", "Nothing but the audit log: it has rows, and history is not thrown away.")
	d.indented("table audit.log")
	d.out.Line("\n%s  Look at examples/pizza, or begin your own:  whimbrel init\n", d.out.Green("Done."))
	return left, nil
}

// leftQuery lists what is in a database besides whimbrel's own record.
const leftQuery = `
WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'whimbrel'))
SELECT 'table ' || nspname || '.' || relname FROM pg_class JOIN ours ON ours.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition
UNION ALL SELECT 'type ' || nspname || '.' || typname FROM pg_type JOIN ours ON ours.oid = typnamespace WHERE typtype IN ('e', 'd')
UNION ALL SELECT 'function ' || nspname || '.' || proname FROM pg_proc JOIN ours ON ours.oid = pronamespace
UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
ORDER BY 1`

type demoResult struct {
	Steps int      `json:"steps"`
	Left  []string `json:"left"`
}

func (r demoResult) Print(*output.Printer) {} // it was shown step by step
