package cli

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
)

// An inspectResult is a database as model files.
type inspectResult struct {
	Database string   `json:"database"`
	Written  []string `json:"written,omitempty"`
	// Unseen is what the user may not look at.
	Unseen []postgres.Unseen `json:"unseen,omitempty"`
	*project.Adopted

	printed bool
}

func (r *inspectResult) Print(p *output.Printer) {
	if r.printed {
		for _, f := range r.Files {
			p.Line("# %s\n\n%s", diag.Escape(f.Name), strings.TrimSuffix(f.Text, "\n"))
			p.Line("")
		}
	}
	for _, name := range r.Written {
		p.Line("wrote %s", diag.Escape(name))
	}
	if !r.printed && len(r.Written) == 0 {
		p.Line("The files are as the database is: %s.", diag.Plural(len(r.Files), "file"))
	}
	printLeft(p, r.Left)
	r.printUnseen(p)
	if !r.printed {
		p.Next("read the files, then record the database as migrated: whimbrel baseline")
	}
}

// printUnseen prints what the user may not look at.
func (r *inspectResult) printUnseen(p *output.Printer) {
	if len(r.Unseen) == 0 {
		return
	}
	p.Line("\nNot seen, as the user may not look:")
	for _, u := range r.Unseen {
		p.Line("  %s  %s", diag.Escape(u.What), p.Dim(diag.Escape(u.Why)))
	}
}

// printLeft prints what no model file says.
func printLeft(p *output.Printer, left []catalog.Remainder) {
	if len(left) == 0 {
		return
	}
	p.Line("\nNot in the files, and left as it is in the database:")
	for _, l := range left {
		p.Line("  %s  %s", diag.Escape(l.Kind+" "+l.Name), p.Dim(diag.Escape(l.Why)))
	}
}
