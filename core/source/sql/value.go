package sql

import (
	"strconv"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// Text returns a string.
func Text(text string) *declare.Expr { return &declare.Expr{Kind: declare.String, Text: text} }

// Texts returns a list of strings, nil for none.
func Texts(texts []string) *declare.Expr { return listOf(texts, Text) }

// Words returns a list of bare words, nil for none. A name that is no word is a string.
func Words(words []string) *declare.Expr { return listOf(words, Named) }

func listOf(texts []string, one func(string) *declare.Expr) *declare.Expr {
	if len(texts) == 0 {
		return nil
	}
	list := &declare.Expr{Kind: declare.List}
	for _, text := range texts {
		list.Args = append(list.Args, one(text))
	}
	return list
}

// Named returns a name as a bare word, or in quotes if it is no plain word.
func Named(name string) *declare.Expr {
	if plain().MatchString(name) && name != "true" && name != "false" && name != "null" {
		return Word(name)
	}
	return Text(name)
}

// Word returns a bare word, or several with dots between them.
func Word(names ...string) *declare.Expr {
	e := &declare.Expr{Kind: declare.Word}
	for _, name := range names {
		e.Names = append(e.Names, declare.Name{Text: name})
	}
	return e
}

// Bool returns true or false.
func Bool(on bool) *declare.Expr {
	return &declare.Expr{Kind: declare.Bool, Text: strconv.FormatBool(on)}
}

// Number returns a number by its digits, with its sign.
func Number(digits string) *declare.Expr {
	if len(digits) > 0 && digits[0] == '-' {
		return sign("-", Number(digits[1:]))
	}
	return &declare.Expr{Kind: declare.Number, Text: digits}
}

// Call returns NAME(...).
func Call(name string, args ...*declare.Expr) *declare.Expr {
	return &declare.Expr{Kind: declare.Call, Text: name, Names: []declare.Name{{Text: name}}, Args: args}
}

// SQL returns sql("...").
func SQL(text string) *declare.Expr { return Call("sql", Text(text)) }

// List returns [...].
func List(elements ...*declare.Expr) *declare.Expr {
	return &declare.Expr{Kind: declare.List, Args: elements}
}

// Object returns { key = value }.
func Object(keys []string, values []*declare.Expr) *declare.Expr {
	e := &declare.Expr{Kind: declare.Object, Args: values}
	for _, key := range keys {
		e.Keys = append(e.Keys, Named(key))
	}
	return e
}

func sign(text string, args ...*declare.Expr) *declare.Expr {
	return &declare.Expr{Kind: declare.Operator, Text: text, Args: args}
}
