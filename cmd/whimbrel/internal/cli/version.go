package cli

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newVersion(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		GroupID: groupMore,
		Short:   "Print the version of whimbrel",
		RunE: s.Run(func(context.Context, []string) (output.Result, error) {
			return versionResult{
				Version: release, Revision: revision(),
				Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
			}, nil
		}),
	}
}

// revision returns the commit that the program was built from, as far as the Go
// tool recorded it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return ""
}

type versionResult struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func (r versionResult) Print(p *output.Printer) {
	if r.Revision != "" {
		p.Line("whimbrel %s (%s, %s, %s)", r.Version, r.Revision[:min(12, len(r.Revision))], r.Go, r.Platform)
		return
	}
	p.Line("whimbrel %s (%s, %s)", r.Version, r.Go, r.Platform)
}
