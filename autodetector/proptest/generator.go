package proptest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// A generator draws the parts of a project.
type generator struct {
	t     *rapid.T
	label string
}

func (g generator) chance(percent int) bool {
	return rapid.IntRange(0, 99).Draw(g.t, g.label+"?") < percent
}

func (g generator) pick(from ...string) string {
	return rapid.SampledFrom(from).Draw(g.t, g.label)
}

// some draws a subset, in a drawn order.
func (g generator) some(from []string) []string { return g.someOf(from, 0) }

// someOf draws a subset of at least so many, in a drawn order.
func (g generator) someOf(from []string, least int) []string {
	all := rapid.Permutation(from).Draw(g.t, g.label)
	return all[:rapid.IntRange(least, len(all)).Draw(g.t, g.label+"#")]
}

// audited is the option that has the changes of a model's rows recorded.
const audited = "audit_trigger = true"

// A sort is a type with values for its default and comparisons.
type sort struct {
	name     string
	literals []string
	ordered  bool
	text     bool
}

var sorts = []sort{
	{name: "integer", literals: []string{"0", "7", "-1"}, ordered: true},
	{name: "bigint", literals: []string{"0", "9000000000"}, ordered: true},
	{name: "smallint", literals: []string{"3"}, ordered: true},
	{name: "numeric(8, 2)", literals: []string{"0.50", "1"}, ordered: true},
	{name: "double_precision", literals: []string{"1.5"}, ordered: true},
	{name: "text", literals: []string{`"x"`, `"it's $$"`, `""`}, ordered: true, text: true},
	{name: "varchar(30)", literals: []string{`"new"`}, ordered: true, text: true},
	{name: "varchar(60)", literals: []string{`"new"`}, ordered: true, text: true},
	{name: "boolean", literals: []string{"true", "false"}},
	{name: "date", literals: []string{`"2026-11-22"`}, ordered: true},
	{name: "timestamptz", literals: []string{"now()"}, ordered: true},
	{name: "uuid", literals: []string{"gen_random_uuid()"}, ordered: true},
	{name: "jsonb", literals: []string{`"{}"`}},
	{name: "array(text)", literals: []string{`"{}"`}},
	{name: "bytea"},
	{name: "interval"},
}

func (g generator) model(name string, models []string, p Project) Model {
	m := Model{Name: name}
	if g.chance(20) {
		m.Comment = g.pick("What we bake", `Say "cheese"; it's 100%`)
	}
	if g.chance(20) {
		m.Table = g.pick(tables...)
	}
	if g.chance(15) {
		m.Options = []string{audited}
	}
	kinds := map[string]sort{}
	for _, field := range g.someOf(fieldNames, 1) {
		f, kind := g.field(field, models, p)
		m.Fields = append(m.Fields, f)
		kinds[field] = kind
	}
	for _, label := range g.some(labels) {
		if block, ok := g.block(label, m, kinds); ok {
			m.Blocks = append(m.Blocks, block)
		}
	}
	m.Keyed = len(m.Fields) > 1 && kinds[m.Fields[0].Name].ordered && kinds[m.Fields[1].Name].ordered &&
		!nullable(m.Fields[0]) && !nullable(m.Fields[1]) && g.chance(20)
	return m
}

func nullable(f Field) bool { return strings.Contains(strings.Join(f.Rest, ";"), "null = true") }

func (g generator) field(name string, models []string, p Project) (Field, sort) {
	f := Field{Name: name}
	switch n := rapid.IntRange(0, 99).Draw(g.t, g.label+"field"); {
	case n < 20:
		return g.relation(f, models), sort{}
	case n < 30 && len(p.Types) > 0:
		f.Type = rapid.SampledFrom(p.Types).Draw(g.t, g.label+"declared").Label
		if f.Type == "Grade" || g.chance(40) {
			f.Type = "array(" + f.Type + ")"
		}
		return g.column(f, sort{name: f.Type})
	case n < 40 && len(p.Enums) > 0:
		e := p.Enums[rapid.IntRange(0, len(p.Enums)-1).Draw(g.t, g.label+"enum")]
		f.Type = e.Name
		return g.column(f, sort{name: e.Name, literals: []string{fmt.Sprintf("%q", e.Values[0])}})
	default:
		return g.column(f, rapid.SampledFrom(sorts).Draw(g.t, g.label+"type"))
	}
}

func (g generator) relation(f Field, models []string) Field {
	target := rapid.SampledFrom(models).Draw(g.t, g.label+"target")
	f.Type = fmt.Sprintf("%s(%s)", g.pick("foreign_key", "foreign_key", "one_to_one", "many_to_many"), target)
	if strings.HasPrefix(f.Type, "many") {
		return f
	}
	if g.chance(60) {
		f.Rest = append(f.Rest, "null = true")
		if g.chance(30) {
			f.Rest = append(f.Rest, "on_delete = set_null")
		}
	} else if g.chance(30) {
		f.Rest = append(f.Rest, "on_delete = "+g.pick("cascade", "restrict"))
	}
	if g.chance(15) {
		f.Rest = append(f.Rest, "deferrable = "+g.pick("immediate", "deferred"))
	}
	return f
}

func (g generator) column(f Field, kind sort) (Field, sort) {
	f.Type = kind.name
	if g.chance(10) {
		f.Column = g.pick(columns...)
	}
	if g.chance(40) {
		f.Rest = append(f.Rest, "null = true")
	}
	if len(kind.literals) > 0 && g.chance(50) {
		f.Rest = append(f.Rest, "default = "+g.pick(kind.literals...))
	}
	if kind.ordered && g.chance(15) {
		f.Rest = append(f.Rest, "unique = true")
	}
	if g.chance(10) {
		f.Rest = append(f.Rest, "comment = "+g.pick(`"a"`, `"it's \"b\""`))
	}
	return f, kind
}

func (g generator) block(label string, m Model, kinds map[string]sort) (Block, bool) {
	var ordered []string
	for _, f := range m.Fields {
		if kinds[f.Name].ordered {
			ordered = append(ordered, f.Name)
		}
	}
	if len(ordered) == 0 {
		return Block{}, false
	}
	fields := g.someOf(ordered, 1)
	switch g.pick("index", "unique", "check", "expression", "trigger", "row", "statistics") {
	case "row":
		return g.row(label, fields[0]), true
	case "statistics":
		return Block{Kind: "statistics", Label: label, Lines: []string{"on = [" + strings.Join(fields, ", ") + "]"}}, len(fields) > 1
	case "trigger":
		return Block{Kind: "constraint_trigger", Label: label, Lines: []string{
			"query {", "  filter = " + g.condition(fields[0], kinds), "}", `error = "It's not allowed."`,
		}}, true
	case "index":
		return g.index(label, fields, kinds), true
	case "unique":
		return Block{Kind: "unique", Label: label, Lines: []string{"fields = [" + strings.Join(fields, ", ") + "]"}}, true
	case "check":
		return Block{Kind: "check", Label: label, Lines: []string{"that = " + g.condition(fields[0], kinds)}}, true
	default:
		return Block{Kind: "index", Label: label, Lines: []string{"on = [md5(cast(" + fields[0] + ", text))]"}}, kinds[fields[0]].text
	}
}

// row draws a trigger that is called for rows.
func (g generator) row(label, field string) Block {
	b := Block{Kind: "trigger", Label: label, Lines: []string{
		"when = " + g.pick("before", "after"), "on = [" + g.pick("insert", "update", "insert, update") + "]", "each = row", "execute = touch",
	}}
	if g.chance(50) {
		b.Lines = append(b.Lines, `if = sql("new.@`+field+`@ is not null")`)
	}
	return b
}

func (g generator) index(label string, fields []string, kinds map[string]sort) Block {
	b := Block{Kind: "index", Label: label}
	keys := append([]string{}, fields...)
	if g.chance(30) {
		keys[0] = "desc(" + keys[0] + ")"
	}
	b.Lines = append(b.Lines, "fields = ["+strings.Join(keys, ", ")+"]")
	if g.chance(30) {
		b.Lines = append(b.Lines, "where = "+g.condition(fields[0], kinds))
	}
	if g.chance(20) {
		b.Lines = append(b.Lines, "unique = true")
	}
	return b
}

// condition draws a condition over a field that can stand in a check and in an
// index: nothing in it may depend on the time.
func (g generator) condition(field string, kinds map[string]sort) string {
	var stable []string
	for _, literal := range kinds[field].literals {
		if !strings.Contains(literal, "(") {
			stable = append(stable, literal)
		}
	}
	if len(stable) == 0 {
		return field + " != null"
	}
	return field + g.pick(" > ", " != ", " >= ") + g.pick(stable...)
}
