package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source"
)

// An inspectCommand is "whimbrel inspect" with its flags.
type inspectCommand struct {
	*input.Session
	target   input.Target
	adoption project.Adoption
	strict   bool
}

func newInspect(s *input.Session) *cobra.Command {
	i := &inspectCommand{Session: s}
	c := &cobra.Command{
		Use:     "inspect",
		GroupID: groupDatabase,
		Short:   "Make model files of a database that is there already",
		Long: `Make model files of a database that is there already: one for each table, one for
each other kind of objects. Only the catalog is read. Without --out they are printed.
What a model file cannot say is listed; "whimbrel baseline" then records the database
as migrated.`,
		Example: `  whimbrel inspect --url postgres://localhost/shop --out models
  whimbrel inspect --url postgres://localhost/shop --exclude 'tmp_*'
  whimbrel baseline --url postgres://localhost/shop`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return i.run(ctx) }),
	}
	i.target.AddFlags(c)
	s.AddPluginFlags(c)
	flags := c.Flags()
	flags.StringVar(&i.adoption.Folder, "out", "", "`DIR` that the files are written to (default: they are printed)")
	flags.StringArrayVar(&i.adoption.Apps, "app", nil, "`NAME` of an app whose schema is read (repeatable); of a new project, what its app is called")
	flags.StringArrayVar(&i.adoption.Include, "include", nil, "`PATTERN` of names to read, such as 'shop_*' or 'public.*' (repeatable)")
	flags.StringArrayVar(&i.adoption.Exclude, "exclude", nil, "`PATTERN` of names to leave out (repeatable)")
	flags.BoolVar(&i.strict, "strict", false, "exit 4 if something cannot be said in a model file")
	return c
}

func (i *inspectCommand) run(ctx context.Context) (output.Result, error) {
	r, err := i.adopt(ctx)
	if err != nil {
		return nil, err
	}
	if r.printed = i.adoption.Folder == ""; !r.printed {
		if r.Written, err = r.Write(); err != nil {
			return nil, err
		}
	}
	if i.strict && len(r.Left)+len(r.Unseen) > 0 {
		return r, output.ExitError{Code: output.ExitDrift}
	}
	return r, nil
}

// adopt reads the database.
func (i *inspectCommand) adopt(ctx context.Context) (*inspectResult, error) {
	p, err := i.begun(ctx)
	if err != nil {
		return nil, err
	}
	if p != nil {
		defer p.Close()
	}
	db, seen, err := i.look(ctx, p)
	if err != nil {
		return nil, err
	}
	if p == nil {
		if p, err = i.draft(seen.Objects, db); err != nil {
			return nil, err
		}
		defer p.Close()
	}
	i.Talk("read %d objects of %s", len(seen.Objects), db)
	adopted, err := p.Adopt(ctx, seen.Objects, i.adoption)
	return &inspectResult{Database: db.String(), Unseen: seen.Unseen, Adopted: adopted}, err
}

// begun returns the project of the session, nil if there is none.
func (i *inspectCommand) begun(ctx context.Context) (*project.Project, error) {
	if !project.Begun(i.Root()) {
		return nil, nil
	}
	return i.Open(ctx)
}

// look reads how the server defines what there is.
func (i *inspectCommand) look(ctx context.Context, p *project.Project) (*postgres.Database, postgres.Sight, error) {
	file := source.Project{}
	if p != nil {
		file = p.File()
	}
	place, err := i.target.Find(i.Session, file)
	if err != nil {
		return nil, postgres.Sight{}, err
	}
	db, err := postgres.Connect(ctx, place.URL)
	if err != nil {
		return nil, postgres.Sight{}, err
	}
	defer func() { _ = db.Close() }() // nothing was changed
	seen, err := db.Look(ctx, i.Definitions())
	return db, seen, err
}

// draft begins a project, whose apps are those that are asked for.
func (i *inspectCommand) draft(found []detect.Definition, db *postgres.Database) (*project.Project, error) {
	seed := project.Seed{Database: db.Name(), Folder: i.adoption.Folder, Apps: i.adoption.Apps}
	i.adoption.Apps = nil
	return project.Draft(i.Root(), found, seed, i.Options())
}
