package cli

import (
	"context"
	"fmt"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A makeCommand is "whimbrel make" with its flags.
type makeCommand struct {
	*session
	answers answers
	allow   allowances
	name    string
	app     string
	seal    string
	check   bool
	dryRun  bool
	empty   bool
}

func newMake(s *session) *cobra.Command {
	m := &makeCommand{session: s}
	c := &cobra.Command{
		Use:     "make",
		Aliases: []string{"makemigrations"},
		GroupID: groupModels,
		Short:   "Write the migrations for what has changed in the models",
		Example: `  whimbrel make
  whimbrel make --no-input --check                      # in CI: exit 2 if a migration is missing
  whimbrel make --rename shop.book.title=name           # renamed, not dropped and added
  whimbrel make --default 'shop.book.rating=3'          # for the rows that are there`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return m.run(ctx) }),
	}
	m.answers.addFlags(c)
	s.addPluginFlags(c)
	flags := c.Flags()
	flags.StringVarP(&m.name, "name", "n", "", "`NAME` of the migration (default: what it does)")
	flags.BoolVar(&m.check, "check", false, "write nothing; exit 2 if there is something to write")
	flags.BoolVar(&m.dryRun, "dry-run", false, "write nothing; print what would be written")
	flags.BoolVar(&m.empty, "empty", false, "write a migration without operations, for SQL of your own")
	flags.StringVar(&m.app, "app", "", "`APP` of an --empty migration (default: the first)")
	flags.StringVar(&m.seal, "seal", "", "`ID` of a migration whose SQL was edited by hand: write its hashes anew")
	flags.StringArrayVar((*[]string)(&m.allow), "allow", nil, "`HAZARD[:ADDRESS]` that is meant (repeatable)")
	c.MarkFlagsMutuallyExclusive("seal", "empty", "check", "dry-run")
	return c
}

func (m *makeCommand) run(ctx context.Context) (output.Result, error) {
	if err := m.allow.check(); err != nil {
		return nil, err
	}
	switch {
	case m.seal != "":
		return m.sealed()
	case m.empty:
		return m.emptied()
	}
	project, err := m.readProject()
	if err != nil {
		return nil, err
	}
	unchanged := m.verdict(project)
	if m.answers.none() && unchanged.holds() {
		return newMakeResult(nil, history{}, m.allow, false)
	}
	p := &planning{session: m.session, answers: m.answers, name: m.name, project: project}
	if err := p.run(ctx); err != nil {
		return nil, err
	}
	if len(p.made) == 0 && !m.Warned() {
		unchanged.keep()
	}
	found, err := newMakeResult(p.made, p.history, m.allow, m.dryRun || m.Format == output.JSON)
	if err != nil {
		return nil, err
	}
	switch {
	case len(p.made) == 0:
		return found, nil
	case m.check:
		return found, output.ExitError{Code: output.ExitChanges}
	case m.dryRun:
		found.showSQL = true
		return found, nil
	}
	return found, m.write(ctx, p, found)
}

// write writes the migrations, app by app.
func (m *makeCommand) write(ctx context.Context, p *planning, found *makeResult) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("nothing is written: %w", err)
	}
	for _, app := range p.history.apps {
		var own []*migration.Migration
		for _, made := range p.made {
			if made.App == app.Label {
				own = append(own, made)
			}
		}
		if err := m.writeApp(app, found, own...); err != nil {
			return err
		}
	}
	return nil
}

func (m *makeCommand) writeApp(app source.App, found *makeResult, own ...*migration.Migration) error {
	files, err := migration.Write(m.folder(app), own...)
	if err != nil {
		return err
	}
	for _, file := range files {
		found.Written = append(found.Written, path.Join(app.Migrations, filepath.Base(file)))
	}
	return nil
}

// emptied writes a migration without operations.
func (m *makeCommand) emptied() (output.Result, error) {
	project, err := m.readProject()
	if err != nil {
		return nil, err
	}
	h, err := m.readHistory(project, migration.Load)
	if err != nil {
		return nil, err
	}
	app, err := m.chosenApp(project)
	if err != nil {
		return nil, err
	}
	now, err := m.Clock()
	if err != nil {
		return nil, err
	}
	name := m.name
	if name == "" {
		name = "custom"
	}
	made := &migration.Migration{ID: h.graph.NewID(now, name), App: app.Label, Version: release}
	for _, head := range h.graph.Heads(app.Label) {
		made.Parents = append(made.Parents, head.ID)
	}
	found, err := newMakeResult([]*migration.Migration{made}, h, nil, m.Format == output.JSON)
	if err != nil {
		return nil, err
	}
	found.empty = true
	return found, m.writeApp(app, found, made)
}

func (m *makeCommand) chosenApp(project source.Project) (source.App, error) {
	for _, app := range project.Apps {
		if m.app == "" || app.Label == m.app {
			return app, nil
		}
	}
	return source.App{}, output.Usage(fmt.Errorf("--app %s: the project has no such app", m.app))
}

// sealed takes the SQL of a migration as it is now.
func (m *makeCommand) sealed() (output.Result, error) {
	project, err := m.readProject()
	if err != nil {
		return nil, err
	}
	for _, app := range project.Apps {
		dir, _, err := migration.Load(osDir(m.folder(app)), app.Label)
		if err != nil {
			return nil, err
		}
		if dir.Migration(m.seal) == nil && len(project.Apps) > 1 {
			continue
		}
		found, err := migration.Seal(m.folder(app), m.seal)
		if err == nil {
			err = inFolder(app.Migrations, found).Err()
		}
		if err != nil {
			return nil, err
		}
		return sealResult{Sealed: m.seal}, nil
	}
	return nil, history{}.noMigration(m.seal, nil)
}

type sealResult struct {
	Sealed string `json:"sealed"`
}

func (r sealResult) Print(p *output.Printer) {
	p.Line("sealed %s: its SQL is taken as it is now", r.Sealed)
}
