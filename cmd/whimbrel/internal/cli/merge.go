package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A mergeCommand is "whimbrel merge" with its flags.
type mergeCommand struct {
	*input.Session
	name   string
	dryRun bool
}

func newMerge(s *input.Session) *cobra.Command {
	m := &mergeCommand{Session: s}
	c := &cobra.Command{
		Use:     "merge",
		GroupID: groupModels,
		Short:   "Bring the migrations of merged branches together",
		Long: `Bring the migrations of branches together that git has merged: where it makes no
difference which of them comes first, a migration is written that builds on all, and
whimbrel.sum is put in order. Else what both have to do with is shown, and nothing is
written.

Neither may change what the other one changes or depends on, and their SQL has to run
in both orders. Migrations stay as they are: databases that have those of one branch
get those of the other.`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return m.run(ctx) }),
	}
	s.AddPluginFlags(c)
	c.Flags().StringVarP(&m.name, "name", "n", "", "`NAME` of the migrations (default: merge)")
	c.Flags().BoolVar(&m.dryRun, "dry-run", false, "write nothing; print what would be written")
	return c
}

func (m *mergeCommand) run(ctx context.Context) (output.Result, error) {
	p, err := m.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	merge, err := p.Merge(ctx, m.name)
	if err != nil {
		return nil, err
	}
	result := newMergeResult(merge)
	if !m.dryRun {
		result.Written, err = merge.Write(ctx)
		result.Ordered = merge.Ordered
	}
	return result, err
}

// A mergeResult is what was brought together.
type mergeResult struct {
	output.Deed
	Merged  []mergedApp `json:"merged"`
	Written []string    `json:"written"`           // relative to the project
	Ordered []string    `json:"ordered,omitempty"` // files whimbrel.sum

	files []string
}

// A mergedApp is an app that had several last migrations.
type mergedApp struct {
	App   string   `json:"app"`
	ID    string   `json:"id"`
	Heads []string `json:"heads"`
}

func newMergeResult(merge *project.Merge) *mergeResult {
	r := &mergeResult{Merged: []mergedApp{}, Written: []string{}}
	for _, made := range merge.Migrations {
		r.Merged = append(r.Merged, mergedApp{App: made.App, ID: made.ID, Heads: made.Parents})
		r.files = append(r.files, merge.File(made))
	}
	return r
}

func (r *mergeResult) Print(p *output.Printer) {
	if len(r.Merged) == 0 && len(r.Ordered) > 0 {
		p.Line("put in order: %s", strings.Join(r.Ordered, ", "))
		return
	}
	if len(r.Merged) == 0 {
		p.Line("Nothing to merge: no app has several last migrations.")
		return
	}
	for i, app := range r.Merged {
		p.Line("%s", r.files[i])
		p.Line("  brings together %s: it makes no difference which one comes first", strings.Join(app.Heads, " and "))
	}
	if len(r.Written) == 0 {
		p.Line("\nNothing is written.")
		return
	}
	p.Next("look whether the models have both: whimbrel make --check")
}
