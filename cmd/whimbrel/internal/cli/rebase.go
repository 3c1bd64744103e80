package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A rebaseCommand is "whimbrel rebase" with its flags.
type rebaseCommand struct {
	*input.Session
	answers input.Answers
	name    string
	target  input.Target // whose databases are asked
}

func newRebase(s *input.Session) *cobra.Command {
	r := &rebaseCommand{Session: s}
	c := &cobra.Command{
		Use:     "rebase ID",
		Args:    cobra.ExactArgs(1),
		GroupID: groupModels,
		Short:   "Make the migrations of a branch anew behind those of another",
		Long: `Make the migrations of a branch anew behind those of another branch, where it makes a
difference which of them comes first: those of the branch that has the named one are
taken back, and what they did is planned again from the models as they are now. What they
renamed is renamed again.

The databases that are named are asked first. Where one has such a migration, or where one
has SQL that was written by hand, nothing is done.`,
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return r.run(ctx, args[0]) }),
	}
	r.answers.AddFlags(c)
	s.AddPluginFlags(c)
	c.Flags().StringVarP(&r.name, "name", "n", "", "`NAME` of the migrations (default: that of the one, or what they do)")
	r.target.AddFlags(c)
	return c
}

func (r *rebaseCommand) run(ctx context.Context, id string) (output.Result, error) {
	p, err := r.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	asked := &undoing{Session: r.Session, target: r.target}
	if err := asked.askAll(ctx, p); err != nil {
		return nil, err
	}
	rebase, err := p.Rebase(ctx, project.Undoing{Name: id, Holders: asked.holders}, r.answers.Options(r.Session, r.name))
	if rebase == nil {
		return nil, err
	}
	result := newRebaseResult(rebase)
	if err == nil {
		result.Written, err = rebase.Write(ctx)
	}
	return result, err
}

// A rebaseResult is what was made anew.
type rebaseResult struct {
	output.Deed
	TakenBack []*project.Undone `json:"taken_back"`
	Written   []string          `json:"written"` // relative to the project
}

func newRebaseResult(rebase *project.Rebase) *rebaseResult {
	return &rebaseResult{TakenBack: rebase.TakenBack, Written: []string{}}
}

func (r *rebaseResult) Print(p *output.Printer) {
	for _, undone := range r.TakenBack {
		p.Line("taken back: %s, copies are in %s", undone.ID, undone.Kept)
	}
	for _, file := range r.Written {
		p.Line("%s", file)
	}
	if len(r.Written) > 0 {
		p.Next("review it, then run: whimbrel migrate")
		return
	}
	p.Next("whimbrel make")
}
