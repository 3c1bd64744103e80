// Package manual writes the documentation of a plugin from its manifest.
package manual

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// Markdown returns what a manifest says as a page of Markdown.
func Markdown(m *detect.Manifest) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s\n\n```hcl\nplugin %q {}\n```\n", m.Name, m.Version, m.Doc, m.Name)
	if len(m.Config.Attrs) > 0 {
		b.WriteString("\n## Configuration\n\nIn `config { ... }` of the plugin's block:\n\n" + attrTable(m.Config))
	}
	for _, o := range m.Options {
		fmt.Fprintf(&b, "\n## %s\n\n%s. %s\n\n```hcl\n%s```\n", o.Name, sentence(Place(o)), o.Doc, optionExample(o))
		if len(o.Shape.Attrs) > 0 {
			b.WriteString("\n" + attrTable(o.Shape))
		}
	}
	if len(m.Queries) > 0 {
		b.WriteString("\n## Catalog queries\n\nWhat \"whimbrel plugin inspect " + m.Name + "\" asks a database, read-only:\n")
	}
	for _, q := range m.Queries {
		fmt.Fprintf(&b, "\n`%s`: %s\n\n```sql\n%s\n```\n", q.Name, q.Doc, strings.TrimSpace(q.SQL))
	}
	return b.String()
}

// Place says where an option can stand: "on a model".
func Place(o detect.Option) string {
	switch {
	case o.On == detect.OnApp:
		return "at the top of a model file"
	case o.On == detect.OnProject:
		return "in the project file"
	case o.Inherited:
		return fmt.Sprintf("on %s, or in an app or at the top of whimbrel.hcl for every %s without its own", o.On.Article(), o.On)
	}
	return "on " + o.On.Article()
}

// sentence returns a text with a capital letter.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func attrTable(shape detect.Shape) string {
	var b strings.Builder
	b.WriteString("| argument | takes | |\n|---|---|---|\n")
	for _, a := range Attrs(shape) {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", a.Name, cell(Takes(a)), cell(a.Doc))
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
	switch {
	case a.Type == detect.TypeBlocks:
		return a.Name + ` "name" { ... }`
	case a.Type == detect.TypeBlock || a.Type == detect.TypeQuery:
		return a.Name + " { ... }"
	case a.Example != "":
		return a.Name + " = " + a.Example
	case a.Type == detect.TypeString:
		return a.Name + ` = "..."`
	case a.Type == detect.TypeSQL:
		return a.Name + ` = sql("...")`
	}
	return a.Name + " = ..."
}
