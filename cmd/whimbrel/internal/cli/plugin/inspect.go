package plugin

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An inspectCommand is "whimbrel plugin inspect" with its flags.
type inspectCommand struct {
	*input.Session
	input.Target
	catalog  string
	powerful bool
}

func newInspect(s *input.Session) *cobra.Command {
	i := &inspectCommand{Session: s}
	c := &cobra.Command{
		Use:   "inspect NAME",
		Short: "Compare what a plugin sees in a database with what the migrations made",
		Long: `Compare what a plugin sees in a database with what the migrations made.

The plugin itself sees no database: whimbrel runs the queries of its manifest, which
"whimbrel plugin lock" has shown, in a transaction that is read-only, and hands over
the rows. They are run as an ordinary user: that of --catalog-url, else of catalog_url
in the environment's block, else of the database's URL. Exit 4 if something differs.`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return i.run(ctx, args[0]) }),
	}
	i.Target.AddFlags(c)
	c.Flags().StringVar(&i.catalog, "catalog-url", "", "`URL` of the database as a user who may do little")
	c.Flags().BoolVar(&i.powerful, "inspect-as-superuser", false, "run the queries of a third party's plugin as a superuser")
	return c
}

func (i *inspectCommand) run(ctx context.Context, name string) (output.Result, error) {
	p, err := i.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	inspection, err := p.Inspection(ctx, name)
	if err != nil {
		return nil, err
	}
	target := i.Database(i.Session)
	target.Catalog = i.catalog
	place, err := target.FindCatalog(p.File())
	if err != nil {
		return nil, err
	}
	found, err := inspection.Read(ctx, postgres.CatalogReader{URL: place.URL, Powerful: i.powerful || inspection.Linked()})
	if err != nil {
		return nil, err
	}
	seen := newInspectResult(name, found)
	if seen.drifted() {
		return seen, output.ExitError{Code: output.ExitDrift}
	}
	return seen, nil
}

// An inspectResult is what a plugin sees in a database.
type inspectResult struct {
	Plugin  string          `json:"plugin"`
	Objects []inspectObject `json:"objects"`
}

// An inspectObject is an object that is in the database, in the history or in both.
type inspectObject struct {
	Address string           `json:"address"`
	State   project.Presence `json:"state"`
	Unlike  []string         `json:"unlike,omitempty"` // the attributes that differ
}

func newInspectResult(plugin string, found []project.Finding) *inspectResult {
	r := &inspectResult{Plugin: plugin, Objects: []inspectObject{}}
	for _, f := range found {
		r.Objects = append(r.Objects, inspectObject{Address: f.Address, State: f.State, Unlike: f.Unlike})
	}
	return r
}

func (r *inspectResult) drifted() bool {
	return slices.ContainsFunc(r.Objects, func(o inspectObject) bool { return o.State != project.Same })
}

func (r *inspectResult) Print(p *output.Printer) {
	if len(r.Objects) == 0 {
		p.Line("%s has nothing in the database, as it should be", r.Plugin)
	}
	var rows [][]string
	for _, o := range r.Objects {
		mark, text := p.Green(string(o.State)), o.Address
		if o.State != project.Same {
			mark = p.Red(string(o.State))
		}
		if len(o.Unlike) > 0 {
			text += ": " + strings.Join(o.Unlike, ", ")
		}
		rows = append(rows, []string{mark, diag.Escape(text)})
	}
	p.Table("", rows)
}
