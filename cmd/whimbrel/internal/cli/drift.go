package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// A driftCommand is "whimbrel drift" with its flags.
type driftCommand struct {
	*input.Session
	target   input.Target
	patience input.Patience
	answers  input.Answers
	allow    input.Allow
	strict   bool
	record   bool
	repair   bool
	yes      bool
}

func newDrift(s *input.Session) *cobra.Command {
	d := &driftCommand{Session: s}
	c := &cobra.Command{
		Use:     "drift",
		GroupID: groupDatabase,
		Short:   "Compare a database with what was applied",
		Long: `Compare a database with what was recorded when its migrations were applied: what is
missing, what is there besides, what is defined otherwise, and which migration touched
it last. Only the catalog is read. Exit 4 if something differs. With --repair the way
back to what was recorded is planned and shown, and gone once it is confirmed.`,
		Example: `  whimbrel drift --url postgres://localhost/shop
  whimbrel drift --strict   # also what was there before, and what the model language has no word for
  whimbrel drift --record   # from now on, the database as it is counts
  whimbrel drift --repair   # or back to what was recorded`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return d.run(ctx) }),
	}
	d.target.AddFlags(c)
	d.patience.AddFlags(c)
	c.Flags().BoolVar(&d.strict, "strict", false, "compare what was there before the first migration too, and name what the model language has no word for")
	c.Flags().BoolVar(&d.record, "record", false, "compare nothing; record the database as it is now")
	c.Flags().BoolVar(&d.repair, "repair", false, "print the SQL that leads back to what was recorded, and run it if that is confirmed")
	c.Flags().BoolVar(&d.yes, "yes", false, "with --repair: do not ask")
	d.answers.AddFlags(c)
	d.allow.AddFlags(c, "`HAZARD[:ADDRESS]` that --repair may lose (repeatable)")
	c.MarkFlagsMutuallyExclusive("record", "repair")
	return c
}

func (d *driftCommand) run(ctx context.Context) (output.Result, error) {
	c, err := connect(ctx, d.Session, d.target)
	if err != nil {
		return nil, err
	}
	defer c.close()
	switch {
	case d.record:
		return d.recorded(ctx, c)
	case d.repair:
		return d.repaired(ctx, c)
	}
	found, err := c.Drift(ctx, d.Definitions(), d.strict)
	if err != nil {
		return nil, err
	}
	seen := newDriftResult(c.db.String(), found)
	if len(seen.Objects) > 0 {
		return seen, output.ExitError{Code: output.ExitDrift}
	}
	return seen, nil
}

func (d *driftCommand) recorded(ctx context.Context, c *connection) (output.Result, error) {
	executor, err := d.patience.Open(ctx, d.Session, c.db)
	if err != nil {
		return nil, err
	}
	defer executor.Close()
	count, err := executor.Record(ctx)
	return recordResult{Database: c.db.String(), Recorded: count}, err
}

// A recordResult is how many objects were recorded.
type recordResult struct {
	output.Deed
	Database string `json:"database"`
	Recorded int    `json:"recorded"`
}

func (r recordResult) Print(p *output.Printer) {
	p.Line("Recorded as they are: %s.", diag.Plural(r.Recorded, "object"))
}

// A driftResult is what differs between a database and what was applied.
type driftResult struct {
	Database string        `json:"database"`
	Compared int           `json:"compared"`
	Objects  []driftObject `json:"objects"`
}

type driftObject struct {
	Change    runner.DriftChange `json:"change"`
	Kind      string             `json:"kind"`
	Name      string             `json:"name"`
	App       string             `json:"app,omitempty"`
	Migration string             `json:"migration,omitempty"`
	Was       string             `json:"was,omitempty"`
	Is        string             `json:"is,omitempty"`
}

func newDriftResult(database string, found runner.Drifted) driftResult {
	r := driftResult{Database: database, Compared: found.Objects, Objects: []driftObject{}}
	for _, d := range found.List {
		r.Objects = append(r.Objects, driftObject{d.Change, d.Kind, d.Name, d.App, d.Migration, d.Was, d.Is})
	}
	return r
}

func (r driftResult) Print(p *output.Printer) {
	if len(r.Objects) == 0 {
		p.Line("The database is as it was applied: %s.", diag.Plural(r.Compared, "object"))
		return
	}
	for _, o := range r.Objects {
		o.print(p)
	}
	if !p.Quiet {
		p.Line("\n%s: not as it was applied.", diag.Plural(len(r.Objects), "object"))
	}
}

func (o driftObject) print(p *output.Printer) {
	line := p.Red(string(o.Change)) + " " + diag.Escape(o.Kind+" "+o.Name)
	if o.Migration != "" {
		line += "  (" + o.App + " " + o.Migration + ")"
	}
	p.Line("%s", line)
	lines(p, "was", o.Was)
	lines(p, "is", o.Is)
}

// lines prints a definition behind a word.
func lines(p *output.Printer, word, text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			word = ""
		}
		if text != "" {
			p.Line("  %-4s %s", word, diag.Escape(strings.TrimRight(line, " ")))
		}
	}
}
