package plugin

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/sdk/manual"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newDocs(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:     "docs NAME",
		Short:   "Print the documentation of a plugin as Markdown, made from its manifest",
		Example: "  whimbrel plugin docs ./whimbrel-plugin-fillfactor > README.md",
		Args:    cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			manifest, err := manifestOf(ctx, s, args[0])
			if err != nil {
				return nil, err
			}
			return docsResult{Markdown: manual.Markdown(manifest)}, nil
		}),
	}
}

type docsResult struct {
	Markdown string `json:"markdown"`
}

func (r docsResult) Print(p *output.Printer) { p.Text(r.Markdown) }
