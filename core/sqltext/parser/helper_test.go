package parser_test

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// shared is the parser of all tests: it is compiled once.
var shared = parser.New(nil)

// A book is a catalog that is written as text, a line each:
//
//	relation public.pizza id:bigint name:text     (... at the end: it may have more)
//	type public.size                              (a composite type has attributes)
//	function public.total                         (a relation behind it: it gives rows of that)
//	sequence public.order_no
type book struct {
	relations map[string]parser.Relation
	types     map[string]parser.Type
	objects   map[string]address.Address
	rows      map[string]string // relations by functions that give their rows
}

func readBook(text string) (book, error) {
	b := book{map[string]parser.Relation{}, map[string]parser.Type{}, map[string]address.Address{}, map[string]string{}}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) < 2 {
			return b, fmt.Errorf("catalog: %q", line)
		}
		kind, name := words[0], words[1]
		_, short, _ := strings.Cut(name, ".")
		object := address.New(kind, "shop", short)
		switch kind {
		case "relation":
			columns, open := readColumns(object, words[2:])
			b.relations[name] = parser.Relation{Object: object, Columns: columns, Open: open}
		case "type":
			columns, _ := readColumns(object, words[2:])
			b.types[name] = parser.Type{Object: object, Columns: columns}
		case "function", "sequence":
			b.objects[kind+" "+name] = object
			if len(words) > 2 {
				b.rows[name] = words[2]
			}
		default:
			return b, fmt.Errorf("catalog: %q", line)
		}
	}
	return b, nil
}

func readColumns(of address.Address, words []string) (columns []parser.Column, open bool) {
	for _, word := range words {
		if word == "..." {
			open = true
			continue
		}
		name, typ, _ := strings.Cut(word, ":")
		columns = append(columns, parser.Column{Name: name, Object: of.Child("field", name), Type: typ})
	}
	return columns, open
}

func found[T any](all map[string]T, schema, name string) (T, bool) {
	if schema == "" {
		schema = "public"
	}
	v, ok := all[schema+"."+name]
	return v, ok
}

func (b book) Relation(schema, name string) (parser.Relation, bool) {
	return found(b.relations, schema, name)
}

func (b book) Type(schema, name string) (parser.Type, bool) { return found(b.types, schema, name) }

func (b book) Function(schema, name string, _ []string) (parser.Function, bool) {
	if schema == "" {
		schema = "public"
	}
	object, ok := b.objects["function "+schema+"."+name]
	return parser.Function{Object: object, Row: b.relations[b.rows[schema+"."+name]]}, ok
}

func (b book) Sequence(schema, name string) (address.Address, bool) {
	if schema == "" {
		schema = "public"
	}
	object, ok := b.objects["sequence "+schema+"."+name]
	return object, ok
}

// marked writes a text with its holes as «path:form».
func marked(text sqltext.Text) string {
	written, _ := text.Render(func(a address.Address, form sqltext.Form) (string, error) {
		return "«" + strings.TrimPrefix(a.Path(), "shop.") + ":" + string(form) + "»", nil
	})
	return written
}

// unmarked returns the names as they stand in the catalog.
func unmarked(text sqltext.Text) string {
	written, _ := text.Render(func(a address.Address, form sqltext.Form) (string, error) {
		return form.Write("public", a.Name()), nil
	})
	return written
}
