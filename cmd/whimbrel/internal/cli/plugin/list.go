package plugin

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/manual"
)

func newList(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the plugins of the project and what each adds to the language",
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) {
			p, err := s.Open(ctx)
			if err != nil {
				return nil, err
			}
			defer p.Close()
			list, err := newListResult(ctx, p)
			if err != nil {
				return nil, err
			}
			return list, nil
		}),
	}
}

type listResult struct {
	Plugins []entry `json:"plugins"`
}

type entry struct {
	Name    string   `json:"name"`
	Version string   `json:"version"`
	From    string   `json:"from"`
	Doc     string   `json:"doc"`
	Options []option `json:"options,omitempty"`
}

type option struct {
	Name string `json:"name"`
	On   string `json:"on"`
	Doc  string `json:"doc"`
	// Inherited options can stand in an app and the project too.
	Inherited bool `json:"inherited,omitempty"`
}

// newListResult says what the plugins of a project are and add.
func newListResult(ctx context.Context, p *project.Project) (listResult, error) {
	plugins, err := p.Plugins(ctx)
	if err != nil {
		return listResult{}, err
	}
	var list listResult
	for _, plugin := range plugins {
		m := plugin.Manifest()
		e := entry{Name: m.Name, Version: m.Version, Doc: m.Doc, From: "part of whimbrel"}
		if !plugin.Linked {
			e.From = shown(p.File().Root, plugin.Path)
		}
		for _, o := range m.Options {
			e.Options = append(e.Options, option{Name: o.Name, On: string(o.On), Doc: o.Doc, Inherited: o.Inherited})
		}
		list.Plugins = append(list.Plugins, e)
	}
	return list, nil
}

// shown returns a path as a person would write it: one in the project from there.
func shown(root, file string) string {
	root, err := filepath.Abs(root)
	if err != nil {
		return file
	}
	if rest, ok := strings.CutPrefix(file, root+string(filepath.Separator)); ok {
		return "." + string(filepath.Separator) + rest
	}
	return file
}

func (o option) place() string {
	if o.Inherited {
		return "on " + detect.Place(o.On).Article() + ", an app, the project"
	}
	return manual.Place(detect.Option{On: detect.Place(o.On)})
}

func (r listResult) Print(p *output.Printer) {
	if len(r.Plugins) == 0 {
		p.Line("No plugins. A line such as plugin \"triggers\" {} in %s enables one.", projectFile)
	}
	for _, e := range r.Plugins {
		p.Line("%s %s  %s", p.Bold(e.Name), e.Version, p.Dim(e.From))
		if e.Doc != "" {
			p.Line("  %s", firstSentence(e.Doc))
		}
		var rows [][]string
		for _, o := range e.Options {
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
