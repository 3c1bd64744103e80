package express

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// value returns an attribute as the argument is written, or nil.
func (s *scope) value(a detect.Attr, raw json.RawMessage) *declare.Expr {
	switch a.Type {
	case detect.TypeString:
		return decoded(s, a, raw, quoted)
	case detect.TypeBool:
		return decoded(s, a, raw, boolean)
	case detect.TypeInt:
		return decoded(s, a, raw, func(n json.Number) *declare.Expr { return number(n.String()) })
	case detect.TypeDecimal:
		return decoded(s, a, raw, number)
	case detect.TypeKeyword:
		return decoded(s, a, raw, keyword)
	case detect.TypeStrings:
		if a.SQL != "" {
			return decoded(s, a, raw, func(list []json.RawMessage) *declare.Expr { return s.expressionTexts(a, list) })
		}
		return decoded(s, a, raw, texts)
	case detect.TypeNames:
		return decoded(s, a, raw, words)
	case detect.TypeField:
		return decoded(s, a, raw, func(ref address.Ref) *declare.Expr { return s.fieldName(ref.Address) })
	case detect.TypeFields:
		return decoded(s, a, raw, s.fieldsOf(a))
	case detect.TypeModel:
		return decoded(s, a, raw, func(ref address.Ref) *declare.Expr { return s.modelName(ref.Address) })
	case detect.TypeExpression:
		return decoded(s, a, raw, s.expressionOf(a).expr)
	case detect.TypeMap:
		return decoded(s, a, raw, textByText)
	}
	return s.reference(a, raw)
}

func (s *scope) reference(a detect.Attr, raw json.RawMessage) *declare.Expr {
	switch a.Type {
	case detect.TypeType:
		return decoded(s, a, raw, s.typ)
	case detect.TypeRef:
		return decoded(s, a, raw, func(ref address.Ref) *declare.Expr { return s.refName(ref.Address) })
	case detect.TypeRefs:
		return s.refList(a, raw)
	case detect.TypeKeywords:
		return decoded(s, a, raw, bareWords)
	case detect.TypeSQL:
		return s.text(a, raw)
	case detect.TypeArguments:
		return decoded(s, a, raw, s.arguments)
	case detect.TypeResult:
		return decoded(s, a, raw, s.result)
	}
	return s.fail("argument %q has type %q, which there is not", a.Name, a.Type)
}

// decoded says a value that is decoded first.
func decoded[T any](s *scope, a detect.Attr, raw json.RawMessage, say func(T) *declare.Expr) *declare.Expr {
	var value T
	if err := json.Unmarshal(raw, &value); err != nil {
		return s.fail("argument %q: %v", a.Name, err)
	}
	return say(value)
}

// keyword says a keyword, which can be the word false.
func keyword(text string) *declare.Expr {
	if text == "false" {
		return boolean(false)
	}
	return word(text)
}

func texts(values []string) *declare.Expr {
	elements := make([]*declare.Expr, len(values))
	for i, text := range values {
		elements[i] = quoted(text)
	}
	return list(elements...)
}

func words(names []string) *declare.Expr {
	elements := make([]*declare.Expr, len(names))
	for i, name := range names {
		elements[i] = named(name)
	}
	return list(elements...)
}

func textByText(values map[string]string) *declare.Expr {
	var keys, texts []*declare.Expr
	for _, key := range slices.Sorted(maps.Keys(values)) {
		keys, texts = append(keys, named(key)), append(texts, quoted(values[key]))
	}
	return object(keys, texts)
}

// expressionOf returns the scope of an expression: over the model, or over a value
// that the object is about.
func (s *scope) expressionOf(a detect.Attr) *scope {
	inner := *s
	inner.given = a.Given != ""
	return &inner
}

// refList says a list of names, or the call that stands in its place.
func (s *scope) refList(a detect.Attr, raw json.RawMessage) *declare.Expr {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return decoded(s, a, raw, s.namesOrAll(a))
	}
	function, of, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	return call(function, word(of))
}

// fieldsOf returns what says fields: those of the model, or the ones that each of
// several models has, once.
func (s *scope) fieldsOf(a detect.Attr) func([]address.Ref) *declare.Expr {
	if a.Given == "" {
		return s.fieldNames
	}
	return func(refs []address.Ref) *declare.Expr {
		var elements []*declare.Expr
		var said []string
		for _, ref := range refs {
			if !slices.Contains(said, ref.Name()) {
				said, elements = append(said, ref.Name()), append(elements, named(ref.Name()))
			}
		}
		return list(elements...)
	}
}

func (s *scope) refNames(refs []address.Ref) *declare.Expr {
	elements := make([]*declare.Expr, len(refs))
	for i, ref := range refs {
		elements[i] = s.refName(ref.Address)
	}
	return list(elements...)
}

func bareWords(values []string) *declare.Expr {
	elements := make([]*declare.Expr, len(values))
	for i, value := range values {
		elements[i] = word(value)
	}
	return list(elements...)
}

// refName returns the name of an object: NAME or APP.NAME, of a field
// MODEL.FIELD.
func (s *scope) refName(a address.Address) *declare.Expr {
	if a.Kind() != kinds.FieldKind {
		return s.topName(a)
	}
	o := s.x.state.Get(a)
	if o == nil {
		return s.fail("it names %s, which there is not", a)
	}
	e := s.modelName(o.Parent)
	if e == nil || e.Kind != declare.Word || !pathName().MatchString(a.Name()) {
		return s.fail("it names %s, whose name is no plain word", a)
	}
	e.Names = append(e.Names, name(a.Name()))
	return e
}
