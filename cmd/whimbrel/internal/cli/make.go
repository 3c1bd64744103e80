package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A makeCommand is "whimbrel make" with its flags.
type makeCommand struct {
	*input.Session
	answers input.Answers
	allow   input.Allow
	name    string
	app     string
	seal    string
	check   bool
	dryRun  bool
	empty   bool
	undo    bool
	target  input.Target // of --undo
}

func newMake(s *input.Session) *cobra.Command {
	m := &makeCommand{Session: s}
	c := &cobra.Command{
		Use:     "make",
		Args:    m.args,
		Aliases: []string{"makemigrations"},
		GroupID: groupModels,
		Short:   "Write the migrations for what has changed in the models",
		Example: `  whimbrel make
  whimbrel make --no-input --check                      # in CI: exit 2 if a migration is missing
  whimbrel make --rename shop.book.title=name           # renamed, not dropped and added
  whimbrel make --default 'shop.book.rating=3'          # for the rows that are there
  whimbrel make --undo                                  # take back the last one, if it is applied nowhere`,
		RunE: s.Run(m.run),
	}
	m.answers.AddFlags(c)
	s.AddPluginFlags(c)
	flags := c.Flags()
	flags.StringVarP(&m.name, "name", "n", "", "`NAME` of the migration (default: what it does)")
	flags.BoolVar(&m.check, "check", false, "write nothing, ask nothing; exit 2 if there is something to write")
	flags.BoolVar(&m.dryRun, "dry-run", false, "write nothing; print what would be written")
	flags.BoolVar(&m.empty, "empty", false, "write a migration without operations, for SQL of your own")
	flags.StringVar(&m.app, "app", "", "`APP` of an --empty migration (default: the first), or of the one to --undo")
	flags.StringVar(&m.seal, "seal", "", "`ID` of a migration whose SQL was edited by hand: write its hashes anew")
	flags.BoolVar(&m.undo, "undo", false, "take back the newest migration that no database has, or the one whose ID follows")
	m.target.AddFlags(c)
	m.allow.AddFlags(c, "`HAZARD[:ADDRESS]` that is meant (repeatable)")
	c.MarkFlagsMutuallyExclusive("seal", "empty", "check", "dry-run", "undo")
	return c
}

// args allows an ID after --undo, and nothing elsewhere.
func (m *makeCommand) args(c *cobra.Command, args []string) error {
	if m.undo {
		return cobra.MaximumNArgs(1)(c, args)
	}
	for _, name := range []string{"url", "env"} {
		if c.Flags().Changed(name) {
			return fmt.Errorf("--%s goes with --undo: making migrations needs no database", name)
		}
	}
	return input.NoArgs(c, args)
}

func (m *makeCommand) run(ctx context.Context, args []string) (output.Result, error) {
	if err := m.allow.Check(); err != nil {
		return nil, err
	}
	p, err := m.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	switch {
	case m.seal != "":
		return m.sealed(ctx, p)
	case m.empty:
		return m.byHand(ctx, p)
	case m.undo:
		u := &undoing{Session: m.Session, target: m.target}
		return u.run(ctx, p, strings.Join(args, ""), m.app)
	}
	return m.made(ctx, p)
}

// made writes the migrations for what has changed, or shows them.
func (m *makeCommand) made(ctx context.Context, p *project.Project) (output.Result, error) {
	options := m.answers.Options(m.Session, m.name)
	options.Cached = true
	if m.check {
		options.Questioner = nil
	}
	plan, err := p.Plan(ctx, options)
	if m.check && autodetector.IsOpen(err) {
		return nil, output.ExitError{Code: output.ExitChanges, Err: err}
	}
	if err != nil {
		return nil, err
	}
	found, err := output.NewMigrations(plan, m.allow.Allowances, m.dryRun || m.Verbose || m.Format == output.JSON)
	if err != nil {
		return nil, err
	}
	found.ShowSQL = m.dryRun || m.Verbose
	switch {
	case len(plan.Migrations) == 0, m.dryRun:
		return found, nil
	case m.check:
		return found, output.ExitError{Code: output.ExitChanges}
	}
	if forbidden := plan.Prohibited(m.allow.Allowances); !forbidden.None() {
		return prohibition{forbidden}, output.ExitError{Code: output.ExitHazard, Err: forbidden.Diagnostic()}
	}
	return found, write(ctx, plan, found)
}

// byHand writes a migration without operations.
func (m *makeCommand) byHand(ctx context.Context, p *project.Project) (output.Result, error) {
	plan, err := p.Empty(ctx, m.app, m.name)
	if err != nil {
		return nil, err
	}
	found, err := output.NewMigrations(plan, nil, m.Format == output.JSON)
	if err != nil {
		return nil, err
	}
	found.ByHand = true
	return found, write(ctx, plan, found)
}

// sealed takes the SQL of a migration as it is now.
func (m *makeCommand) sealed(ctx context.Context, p *project.Project) (output.Result, error) {
	id, err := p.Seal(ctx, m.seal)
	if err != nil {
		return nil, err
	}
	return sealResult{Sealed: id}, nil
}

// write writes the migrations of a plan, and notes the files.
func write(ctx context.Context, plan *project.Plan, found *output.Migrations) error {
	files, err := plan.Write(ctx)
	found.Written = append(found.Written, files...)
	return err
}

type sealResult struct {
	output.Deed
	Sealed string `json:"sealed"`
}

func (r sealResult) Print(p *output.Printer) {
	p.Line("sealed %s: its SQL is taken as it is now", r.Sealed)
}
