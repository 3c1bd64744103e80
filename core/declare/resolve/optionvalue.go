package resolve

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// aspects returns how an object depends on the fields that an argument names.
func aspects(a detect.Attr) state.Aspects {
	if len(a.Aspects) == 0 {
		return state.Exists | state.Name | state.Type | state.Definition
	}
	set, err := state.ParseAspects(a.Aspects...)
	if err != nil {
		return state.Exists | state.Name | state.Type | state.Definition
	}
	return set | state.Exists
}

// value reads an argument of an option as it stands in the object's attributes.
func (r *optionReader) value(a detect.Attr, attr *declare.Attr) (any, bool) {
	l, f := r.b.l, r.option.file
	if !r.sharable(a, declare.Place{Document: f, Span: attr.Name.Span}) {
		return nil, false
	}
	switch a.Type {
	case detect.TypeString:
		return r.text(a, attr)
	case detect.TypeBool:
		return pair(l.flag(f, attr))
	case detect.TypeInt:
		return r.integer(a, attr)
	case detect.TypeDecimal:
		return r.decimal(attr)
	case detect.TypeKeyword:
		return pair(l.keyword(f, attr, a.OneOf...))
	case detect.TypeStrings:
		if r.top != nil && r.top.kind.Type != nil && a.Name == r.top.kind.Type.Values {
			return nonNil(r.top.values), true
		}
		return r.strings(a, attr)
	case detect.TypeNames:
		return r.words(a, attr)
	case detect.TypeField:
		one := l.oneField(r.b.model, f, attr.Value, r.option.what())
		if one == nil {
			return nil, false
		}
		r.uses.ref(one.addr, aspects(a))
		return address.RefTo(one.addr), true
	case detect.TypeFields:
		return r.fields(a, attr)
	case detect.TypeModel:
		m := l.lookModel(f, r.option.app, attr.Value)
		if m == nil {
			return nil, false
		}
		r.uses.ref(m.addr, state.Exists|state.Name)
		return address.RefTo(m.addr), true
	case detect.TypeExpression:
		return r.expression(a, attr)
	case detect.TypeType:
		return r.typ(a, attr)
	case detect.TypeMap:
		return r.texts(a, attr)
	case detect.TypeRef:
		return r.ref(a, attr)
	case detect.TypeRefs:
		return r.refs(a, attr)
	case detect.TypeKeywords:
		return r.keywords(a, attr)
	case detect.TypeSQL:
		return nil, false // read when all else is; see sqlTexts
	case detect.TypeArguments:
		return r.arguments(a, attr)
	case detect.TypeResult:
		return r.result(a, attr)
	}
	l.report(declare.Place{Document: f, Span: attr.Name.Span}, codeOption, fmt.Sprintf("plugin %q declares %s with type %q, which there is not", r.option.plugin, a.Name, a.Type), "", "use another version of the plugin")
	return nil, false
}

func pair[T any](value T, ok bool) (any, bool) { return value, ok }

// text reads a string: free text, or a name in the database.
func (r *optionReader) text(a detect.Attr, attr *declare.Attr) (any, bool) {
	l, f := r.b.l, r.option.file
	switch a.Names {
	case "":
		if e := strip(attr.Value); a.Hint && word(e) != "" {
			return word(e), r.matches(a, attr, word(e)) // a name, as renamed_from has it
		}
		text, ok := l.text(f, unwrapped(a, attr))
		return text, ok && r.matches(a, attr, text)
	case string(detect.NamesSchema):
		return pair(l.schemaName(f, attr))
	}
	return pair(l.identifier(f, attr))
}

// expression reads an expression: over the fields of the model, a value of a type
// that another argument names, or one about such a value.
func (r *optionReader) expression(a detect.Attr, attr *declare.Attr) (any, bool) {
	t := r.top
	switch {
	case a.As != "" && t != nil:
		n := r.b.l.defaultOf(r.option.file, t.app, attr, r.typeIn(a.As), defaultUse{t.what(), t.addr, false}, r.uses)
		return n, n != nil
	case a.Given != "" && t != nil:
		s := &scope{
			l: r.b.l, file: r.option.file, app: t.app, part: t.addr, what: fmt.Sprintf("the %s of %s", a.Name, t.what()), value: true, given: r.typeIn(a.Given),
			uses: r.uses, kept: true,
		}
		return pair(s.valueOrCondition(a, attr.Value))
	}
	return pair(r.scope(a).valueOrCondition(a, attr.Value))
}

// valueOrCondition translates the expression of an argument.
func (s *scope) valueOrCondition(a detect.Attr, e *declare.Expr) (expression.Node, bool) {
	n, ok := s.translate(e)
	return n, ok && (!a.Condition || s.holds(e, n, s.what))
}

// typ reads a type.
func (r *optionReader) typ(a detect.Attr, attr *declare.Attr) (any, bool) {
	l, f := r.b.l, r.option.file
	t, read := r.readType(attr)
	if !read {
		t, _ = typeReader{l, f, r.option.app}.read(attr.Value)
	}
	if t == nil {
		return nil, false
	}
	if t.serial() {
		l.report(declare.Place{Document: f, Span: attr.Value.Span}, codeUnknownType, "a "+r.word()+" cannot be serial", "", "write "+a.Name+" = "+t.SQL)
	}
	r.uses.ofType(t, aspects(a))
	return t.Type, true
}

// readType returns a type that was read before, for others; nil if it is none.
func (r *optionReader) readType(attr *declare.Attr) (t *typ, read bool) {
	if r.top == nil {
		return nil, false
	}
	t, read = r.top.read[attr]
	return t, read
}

// typeIn returns the type that another argument of a block that stands by itself
// says, or nil.
func (r *optionReader) typeIn(argument string) *typ {
	if r.top.kind.Type != nil && argument == r.top.kind.Type.Base {
		return r.top.under
	}
	written := attrOf(r.option.block, argument)
	if written == nil {
		return nil
	}
	t, _ := typeReader{r.b.l, r.option.file, r.option.app}.read(written.Value)
	return t
}

// word is what the option begins with.
func (r *optionReader) word() string { return r.option.option.Name }

func (r *optionReader) scope(a detect.Attr) *scope {
	return &scope{
		l: r.b.l, file: r.option.file, app: r.option.app, model: r.b.model, what: fmt.Sprintf("%s of %s", a.Name, r.option.what()),
		follow: r.top == nil, aspects: aspects(a), uses: r.uses,
	}
}

func (r *optionReader) matches(a detect.Attr, attr *declare.Attr, text string) bool {
	if a.Pattern == "" {
		return true
	}
	pattern, err := regexp.Compile("^(?:" + a.Pattern + ")$")
	if err == nil && pattern.MatchString(text) {
		return true
	}
	r.b.l.report(declare.Place{Document: r.option.file, Span: attr.Value.Span}, codeValue, fmt.Sprintf("argument %q has a value of the wrong form", a.Name), sentence(a.Doc), "write text of the form "+a.Pattern)
	return false
}

func (r *optionReader) integer(a detect.Attr, attr *declare.Attr) (any, bool) {
	n, err := literalInteger(attr.Value)
	if err != nil {
		r.b.l.badValue(r.option.file, attr, "a whole number", "1")
		return nil, false
	}
	if a.Min != nil && n < *a.Min || a.Max != nil && n > *a.Max {
		r.b.l.report(declare.Place{Document: r.option.file, Span: attr.Value.Span}, codeValue, fmt.Sprintf("argument %q is out of range", a.Name), "It is "+bounds(a)+".", "write a number in the range")
		return nil, false
	}
	return n, true
}

// literalInteger returns a whole number as it is written.
func literalInteger(e *declare.Expr) (int64, error) {
	e, sign := strip(e), ""
	if e.Kind == declare.Operator && e.Text == "-" && len(e.Args) == 1 {
		e, sign = strip(e.Args[0]), "-"
	}
	if e.Kind != declare.Number {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(sign+e.Text, 10, 64)
}

func bounds(a detect.Attr) string {
	switch {
	case a.Min == nil:
		return fmt.Sprintf("at most %d", *a.Max)
	case a.Max == nil:
		return fmt.Sprintf("at least %d", *a.Min)
	}
	return fmt.Sprintf("from %d to %d", *a.Min, *a.Max)
}

func (r *optionReader) decimal(attr *declare.Attr) (any, bool) {
	e, sign := strip(attr.Value), ""
	if e.Kind == declare.Operator && e.Text == "-" && len(e.Args) == 1 {
		e, sign = strip(e.Args[0]), "-"
	}
	if e.Kind != declare.Number {
		r.b.l.badValue(r.option.file, attr, "a number", "1.5")
		return nil, false
	}
	return sign + e.Text, true
}

func (r *optionReader) strings(a detect.Attr, attr *declare.Attr) (any, bool) {
	texts, places, ok := r.b.l.textList(r.option.file, unwrapped(a, attr))
	for _, text := range texts {
		ok = ok && r.matches(a, attr, text)
	}
	if ok && a.SQL != "" && r.b.model != nil {
		return r.expressions(a, texts, places)
	}
	if ok && len(a.OneOf) > 0 {
		for _, text := range texts {
			if !strings.Contains("\x00"+strings.Join(a.OneOf, "\x00")+"\x00", "\x00"+text+"\x00") {
				r.b.l.report(declare.Place{Document: r.option.file, Span: attr.Value.Span}, codeValue, fmt.Sprintf("argument %q takes %s%s", a.Name, oneOf(quoted(a.OneOf)), didYouMean(text, a.OneOf)), "", insteadQuoted(text, a.OneOf, "write one of them"))
				return nil, false
			}
		}
	}
	return nonNil(texts), ok
}

func (r *optionReader) fields(a detect.Attr, attr *declare.Attr) (any, bool) {
	if a.Given != "" {
		return r.fieldsOver(a, attr)
	}
	found := r.b.l.fieldList(r.b.model, r.option.file, attr, r.option.what())
	refs := make([]address.Ref, len(found))
	for i, f := range found {
		refs[i] = address.RefTo(f.addr)
		r.uses.ref(f.addr, aspects(a))
	}
	return refs, len(refs) > 0
}
