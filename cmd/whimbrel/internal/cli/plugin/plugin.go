package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/serve"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newPlugin(s *session) *cobra.Command {
	c := &cobra.Command{
		Use:     "plugin",
		GroupID: groupMore,
		Short:   "Write, test, install and look at plugins",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(c *cobra.Command, args []string) error { return unknownCommand(c, args) },
	}
	c.AddCommand(
		newPluginList(s), newPluginShow(s), newPluginDocs(s), newPluginAdd(s), newPluginRemove(s), newPluginLock(s), newPluginVerify(s),
		newPluginNew(s), newPluginTest(s), newPluginTrace(s), newPluginInspect(s), newPluginCache(s), newPluginServe(),
	)
	return c
}

func newPluginList(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the plugins of the project and what each adds to the language",
		RunE:  s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return s.pluginList(ctx) }),
	}
}

func (s *session) pluginList(ctx context.Context) (output.Result, error) {
	w, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	var list pluginList
	for _, d := range w.host.Detectors() {
		list.Plugins = append(list.Plugins, w.describe(d.Manifest()))
	}
	return list, nil
}

// describe says what a plugin is and adds.
func (w *workspace) describe(m *detect.Manifest) pluginEntry {
	entry := pluginEntry{Name: m.Name, Version: m.Version, Doc: m.Doc, From: "part of whimbrel"}
	for _, spec := range w.specs {
		if spec.Name == m.Name && spec.Detector == nil {
			entry.From = w.shown(spec.Path)
		}
	}
	for _, o := range m.Options {
		entry.Options = append(entry.Options, optionEntry{Name: o.Name, On: string(o.On), Doc: o.Doc, Inherited: o.Inherited})
	}
	return entry
}

// shown returns a path as a person would write it: one in the project from there.
func (w *workspace) shown(file string) string {
	root, err := filepath.Abs(w.project.Root)
	if err != nil {
		return file
	}
	if rest, ok := strings.CutPrefix(file, root+string(filepath.Separator)); ok {
		return "." + string(filepath.Separator) + rest
	}
	return file
}

type pluginList struct {
	Plugins []pluginEntry `json:"plugins"`
}

type pluginEntry struct {
	Name    string        `json:"name"`
	Version string        `json:"version"`
	From    string        `json:"from"`
	Doc     string        `json:"doc"`
	Options []optionEntry `json:"options,omitempty"`
}

type optionEntry struct {
	Name string `json:"name"`
	On   string `json:"on"`
	Doc  string `json:"doc"`
	// Inherited options can stand in an app and the project too.
	Inherited bool `json:"inherited,omitempty"`
}

func (o optionEntry) place() string {
	if o.Inherited {
		return "on a " + o.On + ", an app, the project"
	}
	return "on a " + o.On
}

func (r pluginList) Print(p *output.Printer) {
	if len(r.Plugins) == 0 {
		p.Line("No plugins. A line such as plugin \"triggers\" {} in %s enables one.", projectFile)
	}
	for _, entry := range r.Plugins {
		p.Line("%s %s  %s", p.Bold(entry.Name), entry.Version, p.Dim(entry.From))
		if entry.Doc != "" {
			p.Line("  %s", firstSentence(entry.Doc))
		}
		var rows [][]string
		for _, o := range entry.Options {
			rows = append(rows, []string{o.Name, o.place(), firstSentence(o.Doc)})
		}
		p.Table("    ", rows)
	}
}

func firstSentence(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if sentence, _, cut := strings.Cut(line, ". "); cut {
		return sentence + "."
	}
	return line
}

// newPluginServe is how whimbrel runs its own plugins as processes.
func newPluginServe() *cobra.Command {
	return &cobra.Command{
		Use:    "serve NAME",
		Short:  "Serve one of whimbrel's own plugins to the whimbrel that started this process",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			for _, own := range firstParty() {
				if own.Manifest().Name == args[0] {
					serve.Main(own)
					return errors.New("the plugin has ended")
				}
			}
			return output.Usage(fmt.Errorf("whimbrel has no plugin %q of its own", args[0]))
		},
	}
}
