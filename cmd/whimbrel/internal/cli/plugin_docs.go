package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/detect"
)

func newPluginDocs(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "docs NAME",
		Short:   "Print the documentation of a plugin as Markdown, made from its manifest",
		Example: "  whimbrel plugin docs ./whimbrel-plugin-fillfactor > README.md",
		Args:    cobra.ExactArgs(1),
		RunE: s.runE(func(ctx context.Context, args []string) (result, error) {
			manifest, err := s.manifestOf(ctx, args[0])
			if err != nil {
				return nil, err
			}
			return docsResult{Markdown: pluginDocs(manifest)}, nil
		}),
	}
}

type docsResult struct {
	Markdown string `json:"markdown"`
}

func (r docsResult) print(p *printer) { fmt.Fprint(p.w, r.Markdown) }

// pluginDocs returns what a manifest says as Markdown.
func pluginDocs(m *detect.Manifest) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s\n\n```hcl\nplugin %q {}\n```\n", m.Name, m.Version, m.Doc, m.Name)
	if len(m.Config.Attrs) > 0 {
		b.WriteString("\n## Configuration\n\nIn `config { ... }` of the plugin's block:\n\n" + attrTable(m.Config))
	}
	for _, o := range m.Options {
		fmt.Fprintf(&b, "\n## %s\n\nOn a %s. %s\n\n```hcl\n%s```\n", o.Name, o.On, o.Doc, optionExample(o))
		if len(o.Shape.Attrs) > 0 {
			b.WriteString("\n" + attrTable(o.Shape))
		}
	}
	return b.String()
}

func attrTable(shape detect.Shape) string {
	var b strings.Builder
	b.WriteString("| argument | takes | |\n|---|---|---|\n")
	for _, a := range allAttrs("", shape) {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", a.Name, cell(takes(a)), cell(a.Doc))
	}
	return b.String()
}

// cell returns text that does not end a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text)
}

// optionExample writes an option with the arguments that it has to have.
func optionExample(o detect.Option) string {
	head := o.Name
	if o.Labelled {
		head += ` "name"`
	}
	var lines []string
	for _, a := range o.Shape.Attrs {
		if a.Required {
			lines = append(lines, "  "+attrExample(a)+"\n")
		}
	}
	switch {
	case len(lines) == 0 && o.Switch:
		return o.Name + " = true\n"
	case len(lines) == 0:
		return head + " {}\n"
	}
	return head + " {\n" + strings.Join(lines, "") + "}\n"
}

func attrExample(a detect.Attr) string {
	switch a.Type {
	case detect.TypeBlock, detect.TypeQuery:
		return a.Name + " { ... }"
	case detect.TypeString:
		return a.Name + ` = "..."`
	}
	return a.Name + " = ..."
}
