package ddl

import "strings"

// A CreateOther makes an object that has no value here, of which it is clear how it
// is dropped: a cast, a rule, a collation, an operator or the like.
type CreateOther struct {
	Label string // a name for it: cast_text_to_size
	Place Span
	Drop  string // the statement that takes it away
	After string // the label of one that has to be there
}

func (r *reader) createCast(n node) Definition {
	open := r.find(0, "(")
	pair, place := r.cut(open, r.behind(open))
	from, to := r.typ(n.of("sourcetype")), r.typ(n.of("targettype"))
	return CreateOther{Label: "cast_" + from.Name + "_to_" + to.Name, Place: place, Drop: "DROP CAST " + pair}
}

func (r *reader) createRule(n node) Definition {
	relation := n.of("relation")
	on := r.relationPlace(relation)
	table := r.text[on.From-r.offset : on.To-r.offset]
	name, place := r.cut(r.find(0, "rule")+1, r.find(0, "as"))
	return CreateOther{Label: n.text("rulename") + "_on_" + rangeVar(relation).Name, Place: place, Drop: "DROP RULE " + name + " ON " + table}
}

// defined reads CREATE COLLATION, CREATE TEXT SEARCH ... and the like: all that has a
// name alone.
func (r *reader) defined(n node) Definition {
	kind := lowered(n.text("kind"))
	if kind == "operator" {
		return r.operator(n)
	}
	words, ok := map[string]string{
		"collation": "COLLATION", "tsconfiguration": "TEXT SEARCH CONFIGURATION", "tsdictionary": "TEXT SEARCH DICTIONARY",
		"tsparser": "TEXT SEARCH PARSER", "tstemplate": "TEXT SEARCH TEMPLATE",
	}[kind]
	if !ok {
		return Other{Class: "DefineStmt " + kind}
	}
	begin := 1 + len(strings.Fields(words))
	end := begin + 1
	for r.is(end, ".") {
		end += 2
	}
	name, place := r.cut(begin, end)
	label := nameOf(n.strings("defnames")).Name
	return CreateOther{Label: strings.ReplaceAll(strings.ToLower(words), " ", "_") + "_" + label, Place: place, Drop: "DROP " + words + " " + name}
}

func (r *reader) operator(n node) Definition {
	open := r.find(0, "(")
	name, place := r.cut(2, open)
	sides := map[string]string{"leftarg": "NONE", "rightarg": "NONE"}
	for _, o := range r.options(n.list("definition")) {
		if _, side := sides[o.Name]; side && o.Type != nil {
			sides[o.Name] = o.Type.SQL
		}
	}
	return CreateOther{
		Label: "operator_" + strings.ToLower(strings.Join(n.strings("defnames"), "_")), Place: place,
		Drop: "DROP OPERATOR " + name + " (" + sides["leftarg"] + ", " + sides["rightarg"] + ")",
	}
}
