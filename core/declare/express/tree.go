package express

import (
	"regexp"
	"strconv"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
)

func name(text string) declare.Name { return declare.Name{Text: text} }

func block(word string, labels ...string) *declare.Block {
	b := &declare.Block{Type: name(word), Body: &declare.Body{}}
	for _, label := range labels {
		b.Labels = append(b.Labels, name(label))
	}
	return b
}

// set adds an argument to a body, unless it has no value.
func set(b *declare.Body, argument string, value *declare.Expr) {
	if value != nil {
		b.Attrs = append(b.Attrs, &declare.Attr{Name: name(argument), Value: value})
	}
}

// setText adds an argument with a string, unless it is empty.
func setText(b *declare.Body, argument, text string) {
	if text != "" {
		set(b, argument, quoted(text))
	}
}

// setTrue adds a flag, unless it is false.
func setTrue(b *declare.Body, argument string, on bool) {
	if on {
		set(b, argument, boolean(true))
	}
}

// setWord adds an argument with a keyword, unless it is empty.
func setWord(b *declare.Body, argument, keyword string) {
	if keyword != "" {
		set(b, argument, word(keyword))
	}
}

func quoted(text string) *declare.Expr { return &declare.Expr{Kind: declare.String, Text: text} }

func boolean(on bool) *declare.Expr {
	return &declare.Expr{Kind: declare.Bool, Text: strconv.FormatBool(on)}
}

func word(names ...string) *declare.Expr {
	e := &declare.Expr{Kind: declare.Word}
	for _, n := range names {
		e.Names = append(e.Names, name(n))
	}
	return e
}

// number returns a number as it is written, with its sign.
func number(digits string) *declare.Expr {
	if len(digits) > 0 && digits[0] == '-' {
		return operator("-", number(digits[1:]))
	}
	return &declare.Expr{Kind: declare.Number, Text: digits}
}

// The following return nil if one of their parts is nil: it could not be said.

func call(function string, args ...*declare.Expr) *declare.Expr {
	if !all(args) {
		return nil
	}
	return &declare.Expr{Kind: declare.Call, Text: function, Names: []declare.Name{name(function)}, Args: args}
}

func list(elements ...*declare.Expr) *declare.Expr {
	if !all(elements) {
		return nil
	}
	return &declare.Expr{Kind: declare.List, Args: elements}
}

func operator(sign string, operands ...*declare.Expr) *declare.Expr {
	if !all(operands) {
		return nil
	}
	return &declare.Expr{Kind: declare.Operator, Text: sign, Args: operands}
}

func object(keys, values []*declare.Expr) *declare.Expr {
	if !all(keys) || !all(values) {
		return nil
	}
	return &declare.Expr{Kind: declare.Object, Keys: keys, Args: values}
}

func all(list []*declare.Expr) bool {
	for _, e := range list {
		if e == nil {
			return false
		}
	}
	return true
}

var (
	plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL_][\pL\p{Nd}_]*$`) })
	pathName  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL_][\pL\p{Nd}_-]*$`) })
)

// isPlain reports whether a name can be a bare word.
func isPlain(text string) bool { return plainName().MatchString(text) && !isLiteral(text) }

// isPath reports whether names can be words with dots between them. Those can have a
// - in them, which would look like a minus in a word that stands alone.
func isPath(names []string) bool {
	for _, n := range names {
		if !pathName().MatchString(n) {
			return false
		}
	}
	return len(names) > 0 && !isLiteral(names[0])
}

// isLiteral reports whether a word is a value.
func isLiteral(text string) bool { return text == "true" || text == "false" || text == "null" }

// named returns a name as a bare word, or in quotes if it is no plain word.
func named(text string) *declare.Expr {
	if isPlain(text) {
		return word(text)
	}
	return quoted(text)
}
