package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An inspection is "whimbrel plugin inspect" with its flags.
type inspection struct {
	target
	catalog  string
	powerful bool
}

func newPluginInspect(s *session) *cobra.Command {
	var i inspection
	c := &cobra.Command{
		Use:   "inspect NAME",
		Short: "Compare what a plugin sees in a database with what the migrations made",
		Long: `Compare what a plugin sees in a database with what the migrations made.

The plugin itself sees no database: whimbrel runs the queries of its manifest, which
"whimbrel plugin lock" has shown, in a transaction that is read-only, and hands over
the rows. They are run as an ordinary user: that of --catalog-url, else of catalog_url
in the environment's block, else of the database's URL. Exit 4 if something differs.`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return s.pluginInspect(ctx, args[0], i)
		}),
	}
	i.addFlags(c)
	c.Flags().StringVar(&i.catalog, "catalog-url", "", "`URL` of the database as a user who may do little")
	c.Flags().BoolVar(&i.powerful, "inspect-as-superuser", false, "run the queries of a third party's plugin as a superuser")
	return c
}

func (s *session) pluginInspect(ctx context.Context, name string, i inspection) (output.Result, error) {
	w, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	plugin := detectorOf(w.host.Detectors(), name)
	if plugin == nil {
		return nil, output.Usage(fmt.Errorf("the project has no plugin %q", name))
	}
	if len(plugin.Manifest().Queries) == 0 {
		return nil, noQueries(name)
	}
	p := &planning{session: s, project: w.project, workspace: w}
	if err := p.replay(); err != nil {
		return nil, err
	}
	from, former, err := autodetector.Upgraded(ctx, p.from, []detect.Detector{plugin})
	if err = cmp.Or(err, former.Err()); err != nil {
		return nil, err
	}
	place, err := i.place(s.Env, w.project)
	if err != nil {
		return nil, err
	}
	reader := postgres.CatalogReader{URL: place.url, Powerful: i.powerful || w.linked(name)}
	rows, server, err := reader.Read(ctx, plugin.Manifest().Queries)
	if err != nil {
		return nil, w.about(name, err)
	}
	found, err := plugin.(detect.Inspector).Inspect(ctx, detect.Catalog{
		Server: server, State: from, Rows: rows, Config: w.configs()[name],
	})
	if err != nil {
		return nil, err
	}
	seen := newInspectResult(plugin.Manifest(), from, found)
	if seen.drifted() {
		return seen, output.ExitError{Code: output.ExitDrift}
	}
	return seen, nil
}

// about gives what is wrong with a plugin's queries the place of the plugin.
func (w *workspace) about(name string, err error) error {
	var found diag.Diagnostic
	if !errors.As(err, &found) {
		return err
	}
	for _, p := range w.project.Plugins {
		if p.Name == name && found.Range == (diag.Range{}) {
			found.Range = p.Range
		}
	}
	return found
}

// linked reports whether a plugin is part of this program.
func (w *workspace) linked(name string) bool {
	for _, spec := range w.specs {
		if spec.Name == name {
			return spec.Detector != nil
		}
	}
	return false
}

// place returns where the catalog is read.
func (i inspection) place(getenv func(string) string, project source.Project) (database, error) {
	if i.catalog != "" {
		return database{url: i.catalog, from: "--catalog-url"}, nil
	}
	for n, e := range project.Environments {
		chosen := e.Name == i.environment || i.environment == "" && n == 0
		if i.url == "" && chosen && e.CatalogURL != "" {
			return database{url: e.CatalogURL, from: fmt.Sprintf("catalog_url of environment %q", e.Name)}, nil
		}
	}
	return i.find(getenv, project)
}

func noQueries(name string) error {
	return diag.Diagnostic{
		Code:    "WH0146",
		Summary: fmt.Sprintf("plugin %q cannot inspect a database", name),
		Detail:  "Its manifest has no catalog queries.",
		Next:    "ask its author for some; whimbrel plugin show " + shellWord(name) + " says what it can do",
	}
}

// An inspectResult is what a plugin sees in a database.
type inspectResult struct {
	Plugin  string          `json:"plugin"`
	Objects []inspectObject `json:"objects"`
}

// An inspectObject is an object that is in the database, in the history or in both.
type inspectObject struct {
	Address string   `json:"address"`
	State   string   `json:"state"`            // same, different, missing or unexpected
	Unlike  []string `json:"unlike,omitempty"` // the attributes that differ
}

// The states of an inspected object.
const (
	objectSame       = "same"
	objectDifferent  = "different"
	objectMissing    = "missing"    // the migrations made it, the database does not have it
	objectUnexpected = "unexpected" // the database has it, no migration made it
)

func newInspectResult(m *detect.Manifest, made *state.State, found []*state.Object) *inspectResult {
	r := &inspectResult{Plugin: m.Name, Objects: []inspectObject{}}
	seen := state.New(found...)
	for o := range made.All() {
		if !slices.ContainsFunc(m.Kinds, func(k detect.Kind) bool { return k.Name == o.Address.Kind() }) {
			continue
		}
		entry := inspectObject{Address: o.Address.String(), State: objectSame}
		if other := seen.Get(o.Address); other == nil {
			entry.State = objectMissing
		} else if entry.Unlike = m.Unlike(o, other); len(entry.Unlike) > 0 {
			entry.State = objectDifferent
		}
		r.Objects = append(r.Objects, entry)
	}
	for o := range seen.All() {
		if !made.Has(o.Address) {
			r.Objects = append(r.Objects, inspectObject{Address: o.Address.String(), State: objectUnexpected})
		}
	}
	slices.SortStableFunc(r.Objects, func(a, b inspectObject) int { return strings.Compare(a.Address, b.Address) })
	return r
}

func (r *inspectResult) drifted() bool {
	return slices.ContainsFunc(r.Objects, func(o inspectObject) bool { return o.State != objectSame })
}

func (r *inspectResult) Print(p *output.Printer) {
	if len(r.Objects) == 0 {
		p.Line("%s has nothing in the database, as it should be", r.Plugin)
	}
	var rows [][]string
	for _, o := range r.Objects {
		mark, text := p.Green(o.State), o.Address
		if o.State != objectSame {
			mark = p.Red(o.State)
		}
		if len(o.Unlike) > 0 {
			text += ": " + strings.Join(o.Unlike, ", ")
		}
		rows = append(rows, []string{mark, diag.Escape(text)})
	}
	p.Table("", rows)
}
