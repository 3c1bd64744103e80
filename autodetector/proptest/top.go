package proptest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// A Top is what stands by itself beside enums and models: a type, or a view, function,
// sequence or aggregate. In its lines @model and @field@ stand for names in SQL.
type Top struct {
	Kind, Label string
	Lines       []string
	// Model is the one that it is over, and Over are the fields of it that it names;
	// empty: none.
	Model string
	Over  []string
	// Type is that of the fields, where it has to be one.
	Type string
}

// Names of types by their kind, and of what is over models. All are in one schema.
var (
	typeNames = map[string][]string{"domain": {"code", "Grade"}, "composite": {"duo"}, "range": {"span"}}
	topNames  = map[string][]string{
		"view": {"seen", "Seen too"}, "materialized_view": {"kept"}, "function": {"counted", "twice"}, "sequence": {"numbers"}, "aggregate": {"whole"},
	}
	tables  = []string{"alpha", "beta"}
	columns = []string{"c1", "c2"}
)

// touch is what triggers call.
const touch = "function \"touch\" {\n  returns  = trigger\n  language = plpgsql\n  body     = \"BEGIN RETURN new; END\"\n}\n\n"

func (t Top) write(b *strings.Builder, p Project) {
	names := []string{}
	if i := slices.IndexFunc(p.Models, func(m Model) bool { return m.Name == t.Model }); i >= 0 {
		names = p.Models[i].names()
	}
	text := strings.NewReplacer(names...).Replace(strings.Join(t.Lines, "\n  "))
	fmt.Fprintf(b, "%s %q {\n  %s\n}\n\n", t.Kind, t.Label, text)
}

// names returns the placeholders for the names of a model, each with its name in SQL as it
// stands in a string of the model language.
func (m Model) names() []string {
	table := m.Name
	if m.Table != "" {
		table = m.Table
	}
	names := []string{"@model", `\"` + table + `\"`}
	for _, f := range m.Fields {
		column := f.Name
		if f.Column != "" {
			column = f.Column
		}
		names = append(names, "@"+f.Name+"@", `\"`+column+`\"`)
	}
	return names
}

// types draws domains, composites and ranges.
func (g generator) types() []Top {
	var all []Top
	for _, kind := range []string{"domain", "composite", "range"} {
		for _, label := range g.some(typeNames[kind]) {
			all = append(all, Top{Kind: kind, Label: label, Lines: g.typeLines(kind)})
		}
	}
	return all
}

func (g generator) typeLines(kind string) []string {
	switch kind {
	case "domain":
		lines := []string{"type = " + g.pick("integer", "bigint", "text", "varchar(30)", "numeric(8, 2)")}
		return append(lines, g.drawn("check = value != null", "null = false", `comment = "some"`)...)
	case "composite":
		lines := []string{"field \"a\" { type = " + g.pick("integer", "bigint", "text") + " }"}
		return append(lines, g.drawn("field \"b\" { type = array(text) }", "field \"Date\" { type = date }", "comment = \"two\"")...)
	}
	return []string{"subtype = " + g.pick("integer", "bigint", "date", "text")}
}

// drawn returns some of the lines, in their order.
func (g generator) drawn(lines ...string) []string {
	return slices.DeleteFunc(lines, func(string) bool { return !g.chance(25) })
}

// tops draws what is over models.
func (g generator) tops(models []Model) []Top {
	var all []Top
	for _, kind := range []string{"view", "materialized_view", "function", "sequence", "aggregate"} {
		for _, label := range topNames[kind] {
			if g.chance(35) {
				all = append(all, g.top(kind, label, rapid.SampledFrom(models).Draw(g.t, g.label+" over")))
			}
		}
	}
	return slices.DeleteFunc(all, func(t Top) bool { return len(t.Lines) == 0 })
}

func (g generator) top(kind, label string, m Model) Top {
	t := Top{Kind: kind, Label: label}
	var scalars []string
	for _, f := range m.Fields {
		if !relation.MatchString(f.Type) {
			scalars = append(scalars, f.Name)
		}
	}
	switch kind {
	case "sequence":
		t.Lines = append([]string{"start = 7"}, g.drawn("increment = 2", "max = 100000", "cycle = true", "type = integer", `comment = "n"`)...)
		return t
	case "aggregate":
		t.Lines = []string{"args = { value = bigint }", "stype = bigint", `undeclared = { sfunc = "` + g.pick("int8pl", "int8larger", "int8smaller") + `" }`}
		return t
	}
	if len(scalars) == 0 {
		return t
	}
	t.Model, t.Over = m.Name, g.someOf(scalars, 1)
	return t.over(g)
}

// over returns the block with its lines, over the fields that it has.
func (t Top) over(g generator) Top {
	first := "@" + t.Over[0] + "@"
	list := "@" + strings.Join(t.Over, "@, @") + "@"
	switch t.Kind {
	case "view":
		where := g.pick("", " where "+first+" is not null", " where exists (select from @model)")
		t.Lines = append([]string{"query = sql(\"select " + list + " from @model" + where + "\")"}, g.drawn(`comment = "v"`)...)
	case "materialized_view":
		t.Lines = []string{"query = sql(\"select " + list + ", 1 as one from @model\")"}
		if g.chance(50) {
			t.Lines = append(t.Lines, "index \"by_one\" { fields = [one] }")
		}
	case "function":
		t.Lines = []string{"returns = bigint", "body = \"" + g.pick("select count("+first+") from @model", "select count(*) from @model where "+first+" is null") + "\""}
		t.Lines = append(t.Lines, g.drawn("volatility = stable", "strict = true", `comment = "f"`)...)
	}
	return t
}

// changedTops draws tops between two lists: each kept, dropped, from the other, or new.
func (g generator) changedTops(from, fresh []Top) []Top {
	var kept []Top
	for _, t := range from {
		if g.chance(80) {
			kept = append(kept, t)
		}
	}
	for _, t := range fresh {
		i := slices.IndexFunc(kept, func(k Top) bool { return k.Label == t.Label && k.Kind == t.Kind })
		switch {
		case i < 0 && g.chance(60):
			kept = append(kept, t)
		case i >= 0 && g.chance(50) && kept[i].becomes(t):
			kept[i] = t
		}
	}
	return kept
}

// becomes reports whether PostgreSQL converts the values of a type to those of another.
// Bounds that are integers become no dates.
func (t Top) becomes(other Top) bool {
	whole := func(t Top) bool {
		return slices.Contains([]string{"subtype = integer", "subtype = bigint"}, t.Lines[0])
	}
	return t.Kind != "range" || t.Lines[0] == other.Lines[0] || whole(t) && whole(other)
}

// soundTop reports whether all that a block is over is there.
func (p Project) soundTop(t Top) bool {
	if t.Model == "" {
		return true
	}
	i := slices.IndexFunc(p.Models, func(m Model) bool { return m.Name == t.Model })
	return i >= 0 && !slices.ContainsFunc(t.Over, func(name string) bool {
		return !slices.ContainsFunc(p.Models[i].Fields, func(f Field) bool { return f.Name == name && !relation.MatchString(f.Type) })
	})
}

// distinct takes out, where they stand, names of tables and columns that another one has.
func (p Project) distinct() {
	seen := map[string]bool{}
	for i, m := range p.Models {
		if seen[m.Table] {
			p.Models[i].Table = ""
		}
		seen[m.Table] = m.Table != ""
		mine := map[string]bool{}
		p.Models[i].Fields = slices.Clone(m.Fields)
		for j, f := range m.Fields {
			if mine[f.Column] || relation.MatchString(f.Type) {
				p.Models[i].Fields[j].Column = ""
			}
			mine[f.Column] = f.Column != ""
		}
	}
}
