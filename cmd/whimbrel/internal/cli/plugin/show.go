package plugin

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/manual"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newShow(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Show what a plugin owns, adds, reads and emits",
		Args:  cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			manifest, err := manifestOf(ctx, s, args[0])
			if err != nil {
				return nil, err
			}
			return manifestResult{manifest}, nil
		}),
	}
}

type manifestResult struct {
	*detect.Manifest
}

func (r manifestResult) Print(p *output.Printer) {
	p.Line("%s %s", p.Bold(r.Name), r.Version)
	p.Line("  %s", r.Doc)
	for _, o := range r.Options {
		p.Line("\n%s  %s", p.Bold(o.Name), p.Dim(manual.Place(o)))
		p.Line("  %s", o.Doc)
		var rows [][]string
		for _, a := range manual.Attrs(o.Shape) {
			rows = append(rows, []string{a.Name, manual.Takes(a), a.Doc})
		}
		p.Table("    ", rows)
	}
	p.Line("")
	var rows [][]string
	for _, row := range [][2]string{
		{"owns", kindNames(r.Kinds)},
		{"emits", strings.Join(r.Emits, ", ")},
		{"reads", strings.Join(r.Reads, ", ")},
		{"observes", strings.Join(r.Observes, ", ")},
		{"queries", queryNames(r.Queries)},
		{"produces", strings.Join(r.Produces, ", ")},
		{"consumes", strings.Join(r.Consumes, ", ")},
	} {
		if row[1] != "" {
			rows = append(rows, row[:])
		}
	}
	p.Table("", rows)
}

func kindNames(kinds []detect.Kind) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = kind.Name
	}
	return strings.Join(names, ", ")
}

func queryNames(queries []detect.CatalogQuery) string {
	names := make([]string, len(queries))
	for i, query := range queries {
		names[i] = query.Name
	}
	return strings.Join(names, ", ")
}
