package ddl

import (
	"strconv"
	"strings"
)

// A node is a node of libpg_query's tree: what is zero is left out.
type node map[string]any

// open returns the class and the fields of a node of any class.
func open(v any) (class string, n node) {
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

func (n node) text(field string) string {
	text, _ := n[field].(string)
	return text
}

func (n node) flag(field string) bool {
	flag, _ := n[field].(bool)
	return flag
}

func (n node) number(field string) int {
	number, _ := n[field].(float64)
	return int(number)
}

func (n node) list(field string) []any {
	list, _ := n[field].([]any)
	return list
}

// of returns a field of a known class, nil if it is not there.
func (n node) of(field string) node {
	inner, _ := n[field].(map[string]any)
	return inner
}

// strings returns the texts of a list of strings.
func (n node) strings(field string) []string { return texts(n.list(field)) }

func texts(list []any) []string {
	var all []string
	for _, v := range list {
		if class, n := open(v); class == "String" {
			all = append(all, n.text("sval"))
		} else if class == "A_Star" {
			all = append(all, "*")
		}
	}
	return all
}

// items returns the elements of a List.
func items(v any) []any {
	if class, n := open(v); class == "List" {
		return n.list("items")
	}
	return nil
}

func nameOf(parts []string) Name {
	switch len(parts) {
	case 0:
		return Name{}
	case 1:
		return Name{Name: parts[0]}
	}
	return Name{Schema: parts[len(parts)-2], Name: parts[len(parts)-1]}
}

// relation returns the name in a RangeVar.
func (n node) relation(field string) Name { return rangeVar(n.of(field)) }

func rangeVar(n node) Name { return Name{Schema: n.text("schemaname"), Name: n.text("relname")} }

// An Option is NAME = VALUE. Value is a word, a string or a number as text; Names
// are the parts of a name, such as that of a function or of a column.
type Option struct {
	Name   string // with the namespace before a dot: toast.autovacuum_enabled
	Value  string
	Quoted bool // Value is a string
	Names  []string
	Type   *Type // where it can be one
	Span   Span  // of its name
}

// options reads a list of DefElem.
func (r *reader) options(list []any) []Option {
	var all []Option
	for _, v := range list {
		_, n := open(v)
		all = append(all, r.option(n))
	}
	return all
}

func (r *reader) option(n node) Option {
	o := Option{Name: n.text("defname"), Span: r.token(n.number("location"))}
	if space := n.text("defnamespace"); space != "" {
		o.Name = space + "." + o.Name
	}
	class, value := open(n["arg"])
	switch class {
	case "List":
		o.Names = texts(value.list("items"))
		o.Value = strings.Join(o.Names, ".")
	case "TypeName":
		t := r.typ(value)
		o.Type, o.Names = &t, value.strings("names")
		o.Value = strings.Join(o.Names, ".")
	default:
		o.Value, o.Quoted = scalar(class, value)
	}
	return o
}

// scalar returns the text of a constant.
func scalar(class string, n node) (text string, quoted bool) {
	switch class {
	case "String":
		return n.text("sval"), true
	case "Integer":
		return strconv.Itoa(n.number("ival")), false
	case "Float":
		return n.text("fval"), false
	case "Boolean":
		return strconv.FormatBool(n.flag("boolval")), false
	}
	return "", false
}
