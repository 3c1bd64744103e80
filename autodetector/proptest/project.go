// Package proptest makes random projects in the model language, for properties
// that have to hold for every pair of states: the plan that leads from one to
// the other leads there on a real server, and back.
package proptest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// A Project is a random project of one app.
type Project struct {
	Enums  []Enum
	Types  []Top
	Models []Model
	Tops   []Top // over the models
}

// An Enum is an enum of a project.
type Enum struct {
	Name   string
	Values []string
}

// A Model is a model of a project.
type Model struct {
	Name    string
	Table   string // in the database; empty: as the model
	Comment string
	Fields  []Field
	// Keyed models have a composite primary key of their first two fields.
	Keyed   bool
	Blocks  []Block
	Options []string // lines of plugins, such as audit_trigger = true
}

// A Field is a field of a model. Its lines are arguments in the model language.
type Field struct {
	Name   string
	Type   string
	Column string // in the database; empty: as the field
	Rest   []string
}

// A Block is an index, unique or check of a model.
type Block struct {
	Kind, Label string
	Lines       []string
}

// Names of models and fields. Some need quotes in SQL, one is a keyword.
var (
	modelNames = []string{"pizza", "topping", "order", "User", "line_item"}
	fieldNames = []string{"name", "price", "from", "Size", "note", "at", "rank"}
	enumNames  = []string{"size", "colour"}
	values     = []string{"s", "m", "l", "it's", "XL"}
	labels     = []string{"one", "two", "Three"}
)

// HCL returns the project's models as one file.
func (p Project) HCL() string {
	var b strings.Builder
	for _, e := range p.Enums {
		fmt.Fprintf(&b, "enum %q {\n  values = [%s]\n}\n\n", e.Name, quoted(e.Values))
	}
	for _, t := range p.Types {
		t.write(&b, p)
	}
	called := false
	for _, m := range p.Models {
		m.write(&b)
		called = called || slices.ContainsFunc(m.Blocks, func(b Block) bool { return b.Kind == "trigger" })
	}
	for _, t := range p.Tops {
		t.write(&b, p)
	}
	if called {
		b.WriteString(touch)
	}
	return b.String()
}

func (m Model) write(b *strings.Builder) {
	fmt.Fprintf(b, "model %q {\n", m.Name)
	if m.Table != "" {
		fmt.Fprintf(b, "  table = %q\n", m.Table)
	}
	if m.Comment != "" {
		fmt.Fprintf(b, "  comment = %q\n", m.Comment)
	}
	for _, line := range m.Options {
		fmt.Fprintf(b, "  %s\n", line)
	}
	for _, f := range m.Fields {
		fmt.Fprintf(b, "  field %q {\n    type = %s\n", f.Name, f.Type)
		if f.Column != "" {
			fmt.Fprintf(b, "    column = %q\n", f.Column)
		}
		for _, line := range f.Rest {
			fmt.Fprintf(b, "    %s\n", line)
		}
		b.WriteString("  }\n")
	}
	if m.Keyed {
		fmt.Fprintf(b, "  primary_key {\n    fields = [%s, %s]\n  }\n", m.Fields[0].Name, m.Fields[1].Name)
	}
	for _, block := range m.Blocks {
		fmt.Fprintf(b, "  %s %q {\n    %s\n  }\n", block.Kind, block.Label, strings.NewReplacer(m.names()...).Replace(strings.Join(block.Lines, "\n    ")))
	}
	b.WriteString("}\n\n")
}

func quoted(texts []string) string {
	var list []string
	for _, text := range texts {
		list = append(list, fmt.Sprintf("%q", text))
	}
	return strings.Join(list, ", ")
}

// Draw draws a project.
func Draw(t *rapid.T, label string) Project {
	g := generator{t: t, label: label}
	p := Project{}
	for _, name := range g.some(enumNames) {
		p.Enums = append(p.Enums, Enum{Name: name, Values: g.someOf(values, 1)})
	}
	p.Types = g.types()
	names := g.someOf(modelNames, 1)
	for _, name := range names {
		p.Models = append(p.Models, g.model(name, names, p))
	}
	p.distinct()
	p.Tops = g.tops(p.Models)
	return keyable(p)
}

// keyable takes composite keys away from models that others refer to: a foreign
// key of one column cannot lead there.
func keyable(p Project) Project {
	for i, m := range p.Models {
		for _, other := range p.Models {
			for _, f := range other.Fields {
				if strings.Contains(f.Type, "("+m.Name+")") {
					p.Models[i].Keyed = false
				}
			}
			// The join model of a many_to_many refers to the model that has it.
		}
		for _, f := range m.Fields {
			if strings.HasPrefix(f.Type, "many_to_many") {
				p.Models[i].Keyed = false
			}
		}
	}
	return p
}
