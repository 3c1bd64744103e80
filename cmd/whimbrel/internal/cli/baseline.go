package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A baselineCommand is "whimbrel baseline" with its flags.
type baselineCommand struct {
	*input.Session
	target   input.Target
	patience input.Patience
	answers  input.Answers
	name     string
}

func newBaseline(s *input.Session) *cobra.Command {
	b := &baselineCommand{Session: s}
	c := &cobra.Command{
		Use:     "baseline",
		GroupID: groupDatabase,
		Short:   "Record a database as migrated that has everything already",
		Long: `Record a database as migrated that has everything already: the migrations of the
models are made, if they are missing, and marked as applied. Nothing is run. Where the
database is not what the models make, nothing is recorded.`,
		Example: `  whimbrel inspect --url postgres://localhost/shop --out models
  whimbrel baseline --url postgres://localhost/shop
  whimbrel baseline --env production   # the same for another database that has it all`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return b.run(ctx) }),
	}
	b.target.AddFlags(c)
	b.patience.AddFlags(c)
	s.AddPluginFlags(c)
	c.Flags().StringVarP(&b.name, "name", "n", "", "`NAME` of the migrations (default: initial)")
	return c
}

func (b *baselineCommand) run(ctx context.Context) (output.Result, error) {
	r, err := b.prepare(ctx)
	if err != nil {
		return nil, err
	}
	c, err := connect(ctx, b.Session, b.target)
	if err != nil {
		return nil, err
	}
	defer c.close()
	t := &trip{Session: b.Session, connection: c, fake: true}
	if err := t.open(ctx, b.patience); err != nil {
		return nil, err
	}
	defer t.close()
	way, problems, err := c.To(ctx, "", true)
	if err != nil {
		return nil, err
	}
	b.Warn(problems)
	done, err := t.run(ctx, way)
	if recorded, ok := done.(*runResult); ok {
		r.runResult = recorded
		return r, err
	}
	return done, err
}

// prepare compares the database with the models, and writes the migrations that are
// missing.
func (b *baselineCommand) prepare(ctx context.Context) (*baselineResult, error) {
	p, err := b.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	likeness, err := b.compare(ctx, p)
	if err != nil {
		return nil, err
	}
	options := b.answers.Options(b.Session, b.name)
	options.Spelling = likeness.Spelling
	plan, err := p.Plan(ctx, options)
	if err != nil {
		return nil, err
	}
	written, err := plan.Write(ctx)
	return &baselineResult{Written: written, Beside: likeness.Beside}, err
}

// compare compares the database with the models.
func (b *baselineCommand) compare(ctx context.Context, p *project.Project) (likeness project.Likeness, err error) {
	place, err := b.target.Find(b.Session, p.File())
	if err != nil {
		return likeness, err
	}
	db, err := postgres.Connect(ctx, place.URL)
	if err != nil {
		return likeness, err
	}
	defer func() { _ = db.Close() }() // nothing was changed
	found, err := db.Definitions(ctx, b.Definitions())
	if err != nil {
		return likeness, err
	}
	b.Talk("read %d objects of %s", len(found), db)
	if likeness, err = p.Likeness(ctx, found); err == nil {
		err = likeness.Err()
	}
	return likeness, err
}

// A baselineResult is what was recorded, and the migrations that were made for it.
type baselineResult struct {
	Written []string `json:"written,omitempty"`
	// Beside is what the database has that the models do not make.
	Beside []string `json:"beside,omitempty"`
	*runResult
}

func (r *baselineResult) Print(p *output.Printer) {
	for _, name := range r.Written {
		p.Line("wrote %s", diag.Escape(name))
	}
	r.runResult.Print(p)
	if len(r.Beside) > 0 {
		p.Line("\nIn the database, and not in the models:")
	}
	for _, statement := range r.Beside {
		line, _, _ := strings.Cut(statement, "\n")
		p.Line("  %s", diag.Escape(line))
	}
}
