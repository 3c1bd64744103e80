package plugin

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newLock(s *input.Session) *cobra.Command {
	var checksums string
	c := &cobra.Command{
		Use:   "lock",
		Short: "Pin the executables of third-party plugins in " + plugins.LockFile,
		Long: `Pin the executables of third-party plugins in ` + plugins.LockFile + `.

The lock says that somebody has looked at these programs. It has the SHA-256 of
each executable and of its manifest; the manifests are written into the folder
` + plugins.LockFolder + `, to be reviewed and for where the executable is not at hand.
Executables for other platforms stay in the lock as long as the plugin's version
is the same; --checksums adds all platforms of a release.`,
		Example: `  whimbrel plugin lock
  whimbrel plugin lock --checksums SHA256SUMS`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return lock(ctx, s, checksums) }),
	}
	c.Flags().StringVar(&checksums, "checksums", "", "`FILE` of SHA-256 sums that a plugin's release was published with")
	return c
}

func lock(ctx context.Context, s *input.Session, checksums string) (output.Result, error) {
	options := s.Options()
	options.AllowUnlocked = true
	p, err := project.Open(ctx, s.Root(), options)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	written, err := p.Lock(ctx, checksums)
	if err != nil {
		return nil, err
	}
	return newLockResult(written), nil
}

type lockResult struct {
	output.Deed
	File    string        `json:"file"`
	Plugins []string      `json:"plugins"`
	Pinned  []pinnedEntry `json:"pinned,omitempty"`
}

// A pinnedEntry is what the lock says of a plugin.
type pinnedEntry struct {
	Name      string                `json:"name"`
	Version   string                `json:"version"`
	Manifest  string                `json:"manifest"`
	Platforms []string              `json:"platforms"`
	Script    bool                  `json:"script,omitempty"`
	Queries   []detect.CatalogQuery `json:"queries,omitempty"`
}

func newLockResult(lock *plugins.Lock) lockResult {
	locked := lockResult{File: plugins.LockFile, Plugins: []string{}}
	for _, entry := range lock.Plugins {
		locked.Plugins = append(locked.Plugins, entry.Name+" "+entry.Version)
		pinned := pinnedEntry{
			Name: entry.Name, Version: entry.Version, Script: entry.Script,
			Manifest:  plugins.LockFolder + "/" + entry.Name + ".json",
			Platforms: slices.Sorted(maps.Keys(entry.Binary)),
		}
		if entry.Pinned != nil {
			pinned.Queries = entry.Pinned.Queries
		}
		locked.Pinned = append(locked.Pinned, pinned)
	}
	return locked
}

func (r lockResult) Print(p *output.Printer) {
	if len(r.Plugins) == 0 {
		p.Line("wrote %s: no third-party plugins to pin", r.File)
		return
	}
	p.Line("wrote %s: %s", r.File, strings.Join(r.Plugins, ", "))
	for _, entry := range r.Pinned {
		entry.Print(p)
	}
}

func (e pinnedEntry) Print(p *output.Printer) {
	p.Line("  %s: manifest in %s, executable for %s", e.Name, e.Manifest, strings.Join(e.Platforms, ", "))
	if e.Script {
		p.Line("  %s: the executable is a script: neither its interpreter nor what it loads is pinned", e.Name)
	}
	for _, query := range e.Queries {
		p.Line("  %s: reads the catalog of databases with the query %s%s", e.Name, query.Name, servers(query))
		if query.Doc != "" {
			p.Line("      %s", query.Doc)
		}
		for line := range strings.Lines(query.SQL) {
			p.Line("      %s", p.Dim(diag.Escape(strings.TrimRight(line, "\r\n"))))
		}
	}
}

// servers says which servers a query is for, if not all.
func servers(q detect.CatalogQuery) string {
	switch {
	case q.MinServer > 0 && q.MaxServer > 0:
		return fmt.Sprintf(", on PostgreSQL %d to %d", q.MinServer, q.MaxServer)
	case q.MinServer > 0:
		return fmt.Sprintf(", from PostgreSQL %d on", q.MinServer)
	case q.MaxServer > 0:
		return fmt.Sprintf(", up to PostgreSQL %d", q.MaxServer)
	}
	return ""
}
