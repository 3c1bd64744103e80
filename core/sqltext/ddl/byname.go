package ddl

import "strings"

// byName reads CREATE of what is dropped by its name alone, which stands at a token.
func (r *reader) byName(at int, words string) Definition {
	return r.named(at, words, "")
}

// named is byName, of what needs something with a label.
func (r *reader) named(at int, words, after string) Definition {
	for r.is(at, "if", "not", "exists") {
		at++
	}
	name, place, label := r.name(at)
	return CreateOther{Label: labelled(words, label), Place: place, Drop: "DROP " + words + " " + name, After: after}
}

// name returns the name at a token as it is written, its place, and its last part.
func (r *reader) name(at int) (text string, place Span, last string) {
	end := at + 1
	for r.is(end, ".") {
		end += 2
	}
	text, place = r.cut(at, end)
	if parts := Identifiers(text); len(parts) > 0 {
		last = parts[len(parts)-1]
	}
	return text, place, last
}

func labelled(words, name string) string {
	return strings.ReplaceAll(strings.ToLower(words), " ", "_") + "_" + name
}

// label is the words and names between two tokens.
func (r *reader) label(from, to int) string {
	var parts []string
	for i := from; i < min(to, len(r.tokens)); i++ {
		if name, ok := r.tokens[i].Identifier(); ok {
			parts = append(parts, name)
		}
	}
	return strings.ToLower(strings.Join(parts, "_"))
}

func (r *reader) createServer(n node) Definition {
	return r.named(2, "SERVER", labelled("FOREIGN DATA WRAPPER", n.text("fdwname")))
}

func (r *reader) createUserMapping(n node) Definition {
	begin := r.find(0, "for")
	server := r.find(begin, "server")
	whom, place := r.cut(begin, server)
	name, _, label := r.name(server + 1)
	return CreateOther{
		Label: "user_mapping_" + r.label(begin+1, server) + "_" + label, Place: place, Drop: "DROP USER MAPPING " + whom + " SERVER " + name,
		After: labelled("SERVER", label),
	}
}

func (r *reader) createForeignTable(n node) Definition {
	return r.named(3, "FOREIGN TABLE", labelled("SERVER", n.text("servername")))
}

// createUsing reads CREATE OPERATOR CLASS or FAMILY: the name of either is one of an
// access method.
func (r *reader) createUsing(n node, words string) Definition {
	name, place, label := r.name(3)
	after := ""
	if family := n.strings("opfamilyname"); words == "OPERATOR CLASS" && len(family) > 0 {
		after = labelled("OPERATOR FAMILY", family[len(family)-1])
	}
	return CreateOther{Label: labelled(words, label), Place: place, Drop: "DROP " + words + " " + name + " USING " + n.text("amname"), After: after}
}

func (r *reader) createConversion(node) Definition {
	return r.byName(r.find(0, "conversion")+1, "CONVERSION")
}

// createLanguage reads CREATE LANGUAGE with a handler; without one it is an extension.
func (r *reader) createLanguage(node) Definition {
	return r.byName(r.find(0, "language")+1, "LANGUAGE")
}

func (r *reader) createTransform(n node) Definition {
	begin, end := r.find(0, "for"), r.find(0, "(")
	what, place := r.cut(begin, end)
	return CreateOther{Label: "transform_" + r.label(begin+1, end), Place: place, Drop: "DROP TRANSFORM " + what}
}

// alterSearch reads ALTER TEXT SEARCH CONFIGURATION ... ADD MAPPING.
func (r *reader) alterSearch(n node) Definition {
	if n.text("kind") != "ALTER_TSCONFIG_ADD_MAPPING" {
		return Other{Class: "AlterTSConfigurationStmt"}
	}
	name, place, label := r.name(4)
	begin := r.find(4, "for")
	words, _ := r.cut(begin, r.find(begin, "with"))
	return CreateOther{
		Label: "mapping_" + label + "_" + strings.Join(n.strings("tokentype"), "_"), Place: place,
		Drop: "ALTER TEXT SEARCH CONFIGURATION " + name + " DROP MAPPING " + words, After: labelled("TEXT SEARCH CONFIGURATION", label),
	}
}

// An AlterEnum is ALTER TYPE ... ADD VALUE.
type AlterEnum struct {
	Name   Name
	Place  Span
	Value  string
	Beside string // the value that it stands before or behind; none: it is the last
	After  bool
}

func (r *reader) alterEnum(n node) Definition {
	if n.text("oldVal") != "" {
		return Other{Class: "AlterEnumStmt"}
	}
	return AlterEnum{Name: nameOf(n.strings("typeName")), Place: r.third(), Value: n.text("newVal"), Beside: n.text("newValNeighbor"), After: n.flag("newValIsAfter")}
}
