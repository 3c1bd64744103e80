package shop

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
)

// Type reads a type: SQL such as "varchar(30)", "enum size" or "domain points",
// with "[]" behind it for each dimension.
func Type(text string) model.Type {
	name := strings.TrimRight(text, "[]")
	t := model.Type{SQL: name, Dimensions: (len(text) - len(name)) / 2}
	if kind, name, ok := strings.Cut(name, " "); ok && (kind == "enum" || kind == "domain") {
		ref := address.RefTo(address.New(kind, "shop", name))
		t.SQL, t.Of = "", &ref
	}
	return t
}

// Refs are references to fields: "t.id".
func Refs(paths ...string) []address.Ref {
	list := make([]address.Ref, len(paths))
	for i, path := range paths {
		list[i] = address.RefTo(address.New(model.FieldKind, append([]string{"shop"}, strings.Split(path, ".")...)...))
	}
	return list
}

// Model is a reference to a model.
func Model(name string) *address.Ref {
	r := address.RefTo(address.New(model.ModelKind, "shop", name))
	return &r
}

// Col is a field in an expression: "t.id".
func Col(path string) expression.Node {
	return expression.Node{Kind: expression.Field, Path: Refs(path)}
}

// Num is a number.
func Num(text string) expression.Node {
	return expression.Node{Kind: expression.Number, Text: text}
}

// Str is a text.
func Str(text string) expression.Node {
	return expression.Node{Kind: expression.String, Text: text}
}

// SQL is an expression as PostgreSQL writes it.
func SQL(text string) expression.Node { return expression.Node{Kind: expression.SQL, Text: text} }

// List is a list.
func List(elements ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.List, Args: elements}
}

// Op is an operator between expressions.
func Op(text string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Operator, Text: text, Args: args}
}

// Call is a call of a function.
func Call(name string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Call, Text: name, Args: args}
}
