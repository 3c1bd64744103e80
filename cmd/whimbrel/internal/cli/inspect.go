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
	adopted, database, err := i.adopt(ctx)
	if err != nil {
		return nil, err
	}
	r := &inspectResult{Database: database, Adopted: adopted, printed: i.adoption.Folder == ""}
	if !r.printed {
		if r.Written, err = adopted.Write(); err != nil {
			return nil, err
		}
	}
	if i.strict && len(adopted.Left) > 0 {
		return r, output.ExitError{Code: output.ExitDrift}
	}
	return r, nil
}

// adopt reads the database.
func (i *inspectCommand) adopt(ctx context.Context) (*project.Adopted, string, error) {
	var p *project.Project
	file, err := source.Project{}, error(nil)
	if project.Begun(i.Root()) {
		if p, err = i.Open(ctx); err != nil {
			return nil, "", err
		}
		file = p.File()
	}
	db, found, err := i.definitions(ctx, file)
	if p == nil && err == nil {
		p, err = i.draft(found, db)
	}
	if p != nil {
		defer p.Close()
	}
	if err != nil {
		return nil, "", err
	}
	i.Talk("read %d objects of %s", len(found), db)
	adopted, err := p.Adopt(ctx, found, i.adoption)
	return adopted, db.String(), err
}

// definitions reads how the server defines what there is.
func (i *inspectCommand) definitions(ctx context.Context, file source.Project) (*postgres.Database, []detect.Definition, error) {
	place, err := i.target.Find(i.Session, file)
	if err != nil {
		return nil, nil, err
	}
	db, err := postgres.Connect(ctx, place.URL)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = db.Close() }() // nothing was changed
	found, err := db.Definitions(ctx, i.Definitions())
	return db, found, err
}

// draft begins a project. The name of its app is not that of a schema.
func (i *inspectCommand) draft(found []detect.Definition, db *postgres.Database) (*project.Project, error) {
	seed := project.Seed{Database: db.Name(), Folder: i.adoption.Folder}
	if len(i.adoption.Apps) == 1 {
		seed.App = i.adoption.Apps[0]
	}
	return project.Draft(i.Root(), found, seed, i.Options())
}
