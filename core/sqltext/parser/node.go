package parser

import (
	"maps"
	"slices"
)

// A node is a node of PostgreSQL's parse tree: its fields by name. libpg_query
// writes a node of a known class as it is, one of any class as {"Class": fields},
// and leaves out what is zero.
type node map[string]any

// unwrap returns the class and the fields of a node that may be of any class.
func unwrap(v any) (class string, n node) {
	fields, ok := v.(map[string]any)
	if !ok || len(fields) != 1 {
		return "", nil
	}
	for key, inner := range fields {
		if n, ok := inner.(map[string]any); ok && key[0] >= 'A' && key[0] <= 'Z' {
			return key, n
		}
	}
	return "", nil
}

// is returns the fields of v if it is a node of a class.
func is(v any, class string) (node, bool) {
	found, n := unwrap(v)
	return n, found == class
}

// at returns the offset of the node in the text, or -1.
func (n node) at() int { return n.number("location") }

func (n node) number(field string) int {
	number, _ := n[field].(float64)
	return int(number)
}

func (n node) text(field string) string {
	text, _ := n[field].(string)
	return text
}

func (n node) flag(field string) bool {
	flag, _ := n[field].(bool)
	return flag
}

func (n node) list(field string) []any {
	list, _ := n[field].([]any)
	return list
}

// of returns the fields of a field of a known class, nil if it is not there.
func (n node) of(field string) node {
	inner, _ := n[field].(map[string]any)
	return inner
}

func (n node) fields() []string { return slices.Sorted(maps.Keys(n)) }

// star stands for * among names.
const star = "*"

// names returns the names of a list of String and A_Star nodes; others end it.
func names(list []any) []string {
	var all []string
	for _, v := range list {
		switch class, n := unwrap(v); class {
		case "String":
			all = append(all, n.text("sval"))
		case "A_Star":
			all = append(all, star)
		default:
			return all
		}
	}
	return all
}

// constant returns the text of a string constant.
func constant(v any) (text string, at int, ok bool) {
	n, ok := is(v, "A_Const")
	if !ok {
		return "", 0, false
	}
	value := n.of("sval")
	return value.text("sval"), n.at(), value != nil
}

// classOfField returns the class of a field that libpg_query writes without one,
// as far as it has names in it.
func classOfField(field string) string {
	switch field {
	case "argType", "datatype", "ofTypename", "returnType", "sourcetype", "storedtype", "targettype", "typeName", "type_name":
		return "TypeName"
	case "constrrel", "pktable", "rel", "relation", "sequence", "table", "typevar", "view":
		return "RangeVar"
	case "func", "fromsql", "tosql":
		return "ObjectWithArgs"
	case "funccall":
		return "FuncCall"
	}
	return ""
}
