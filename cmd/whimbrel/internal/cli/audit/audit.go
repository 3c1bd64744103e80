// Package audit is the command "whimbrel audit" with its subcommands: flags in, text
// out. What they show and do is contrib/triggers/auditlog.
package audit

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// New returns the command "audit" with its subcommands.
func New(s *input.Session) *cobra.Command {
	var t input.Target
	c := &cobra.Command{
		Use:   "audit",
		Short: "Show who changed what, and undo it",
		Long: `Show what the audit log has: the models and how much of each. The log is written by
the triggers of audit_trigger = true. Times are in UTC unless they have a zone.`,
		Example: `  whimbrel audit log pizza --since 2h --by alice
  whimbrel audit row pizza 42
  whimbrel audit undo 7315 --dry-run`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return summarize(ctx, s, t) }),
	}
	t.AddFlags(c)
	c.AddCommand(newLog(s), newRow(s), newUndo(s))
	return c
}

// A database is one whose audit log is read, with the project if there is one.
type database struct {
	*auditlog.Log
	folders []migration.Folder // of the project's migrations
	db      *postgres.Database
}

// open connects to the database, which has to be closed. A project is of use only:
// it names the database and knows which models were renamed.
func open(ctx context.Context, s *input.Session, t input.Target) (*database, error) {
	d := &database{}
	var file source.Project
	if _, err := os.Stat(s.Path(hcl.ProjectFile)); !errors.Is(err, fs.ErrNotExist) {
		p, err := s.Open(ctx)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		d.folders, file = p.Folders(), p.File()
	}
	place, err := t.Find(s, file)
	if err != nil {
		return nil, err
	}
	if d.db, err = postgres.Connect(ctx, place.URL); err != nil {
		return nil, err
	}
	d.Log = auditlog.New(d.db)
	return d, nil
}

func (d *database) close() {
	_ = d.db.Close() // nothing is pending on it
}

// names returns the names that models had. Without a project, or with one that
// cannot be read, there are none.
func (d *database) names(ctx context.Context) (auditlog.Names, error) {
	if len(d.folders) == 0 {
		return nil, nil
	}
	h, problems, err := migration.ReadHistory(d.folders...)
	if err != nil || problems.HasErrors() {
		return nil, nil // the log can be read without
	}
	applied, err := d.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	return auditlog.NewNames(h.Migrations(), applied), nil
}

// model returns the names of the model that the user names.
func (d *database) model(ctx context.Context, given string) ([]auditlog.Name, error) {
	names, err := d.names(ctx)
	if err != nil {
		return nil, err
	}
	return d.Find(ctx, names, given)
}
