package resolve

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// raw translates sql("..."). The fields of the model that it names become fields of
// the expression, and where PostgreSQL keeps it as what it names, so do functions,
// types and the like: they follow renames. All else that it names is depended on.
func (s *scope) raw(e *declare.Expr) (expression.Node, bool) {
	text, ok := s.l.sqlText(s.file, e)
	if !ok {
		return expression.Node{}, false
	}
	if !s.old.IsZero() {
		return expression.Node{Kind: expression.SQL, Text: text}, true
	}
	s.implied(text)
	written := sqlText{
		kind: detect.SQLExpression, text: text, part: s.part, model: s.model, app: s.app, file: s.file, expr: strip(e.Args[0]), what: s.what,
	}
	reading, ok := s.l.readSQL(written)
	if !ok || !s.judge(written) {
		return expression.Node{}, false
	}
	s.uses.readings = append(s.uses.readings, reading)
	read := textOf(reading)
	if len(read.Refs()) == 0 {
		text, _ = read.Render(nil)
	}
	holed := s.node(read, s.kept)
	s.refer(holed, reading.Refs)
	plain := expression.Node{Kind: expression.SQL, Text: text}
	if len(holed.Args) == 0 {
		return plain, true
	}
	fields := s.node(read, false)
	if len(fields.Args) == 0 {
		fields = plain
	}
	s.uses.formerly(holed, plain, fields)
	return holed, true
}

// refer notes what a text in SQL depends on, by what its holes follow by themselves.
func (s *scope) refer(holed expression.Node, refs []state.Reference) {
	own := map[address.Address]bool{}
	for _, field := range holed.Fields() {
		own[field] = true
		s.uses.ref(field, s.ownAspects())
	}
	for _, ref := range refs {
		switch {
		case own[ref.Target] || s.model != nil && ref.Target == s.model.addr:
		case s.kept && s.l.isBlock(ref.Target):
			s.uses.ref(ref.Target, ref.Aspects)
		default:
			s.uses.ref(ref.Target, ref.Aspects|state.Name)
		}
	}
}

// ownAspects returns how the object depends on fields of its model.
func (s *scope) ownAspects() state.Aspects {
	if s.aspects == 0 {
		return state.Exists | state.Name | state.Type | state.Definition
	}
	return s.aspects
}

// implied notes the functions and types that text names, which can come with an
// extension.
func (s *scope) implied(text string) {
	for _, at := range sqlWord().FindAllStringIndex(text, -1) {
		if strings.HasPrefix(strings.TrimLeft(text[at[1]:], " "), "(") {
			s.uses.call(strings.ToLower(text[at[0]:at[1]]))
		}
		if strings.HasSuffix(strings.TrimRight(text[:at[0]], " "), "::") {
			s.uses.typ(strings.ToLower(text[at[0]:at[1]]))
		}
	}
}

var sqlWord = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[A-Za-z_\x{80}-\x{10ffff}][A-Za-z0-9_$\x{80}-\x{10ffff}]*`)
})

// node returns text with holes as an expression: columns of the model that stand
// by themselves are its fields. Of other names those of blocks become objects, if
// they are to; all else is written as it is now. Without any there are no Args.
func (s *scope) node(t sqltext.Text, objects bool) expression.Node {
	n, literal := expression.Node{Kind: expression.SQL}, ""
	named := func(kind expression.Kind, p sqltext.Part, form sqltext.Form) {
		if literal != "" {
			n.Args = append(n.Args, expression.Node{Kind: expression.SQL, Text: literal})
		}
		literal = ""
		if p.IsHole() {
			n.Args = append(n.Args, expression.Node{Kind: kind, Path: []address.Ref{address.RefTo(p.Ref)}, Text: string(form)})
		}
	}
	found := false
	for _, p := range t.Parts {
		switch {
		case !p.IsHole():
			literal += p.SQL
			continue
		case p.Form == sqltext.Name && s.ownField(p.Ref) && !strings.HasSuffix(strings.TrimRight(literal, " \t\n"), "."):
			named(expression.Field, p, "")
		case objects && p.Form != sqltext.Name && s.l.isBlock(p.Ref):
			named(expression.Object, p, p.Form)
		default:
			literal += s.l.databaseName(p.Ref, p.Form)
			continue
		}
		found = true
	}
	named("", sqltext.Part{}, "")
	if !found {
		return expression.Node{Kind: expression.SQL}
	}
	return n
}

func (s *scope) ownField(a address.Address) bool {
	f := s.l.fieldAt(a)
	return f != nil && f.model == s.model
}

// databaseName returns what an object is called now, as SQL.
func (l *loader) databaseName(a address.Address, form sqltext.Form) string {
	for key, found := range l.selectables() {
		if found.addr == a {
			return written(key, form)
		}
		for _, c := range found.columns {
			if c.addr == a {
				return address.Quote(c.name)
			}
		}
	}
	for key, t := range l.namedBlocks() {
		if t.addr == a {
			return written(key, form)
		}
	}
	return address.Quote(a.Name())
}

func written(key nameKey, form sqltext.Form) string { return form.Write(key.schema, key.name) }

// A formerNode is an expression as it stands in attributes, beside how programs of
// before wrote it: the first ones, and those that followed the names of fields only.
type formerNode struct {
	now  []byte
	then [2][]byte
}

// formerly notes how an expression stood in attributes before all the names in it
// were looked up: the migrations may hold it so.
func (u *uses) formerly(now, first, second expression.Node) {
	written := make([][]byte, 3)
	for i, n := range []expression.Node{now, first, second} {
		var err error
		if written[i], err = state.Encode(n); err != nil {
			return
		}
	}
	u.former = append(u.former, formerNode{now: written[0], then: [2][]byte(written[1:])})
}

// formerAttrs returns attributes as programs of before wrote them, none if that
// makes no difference. What is around another expression was noted after it.
func (u *uses) formerAttrs(attrs json.RawMessage) []json.RawMessage {
	var all []json.RawMessage
	for i := range 2 {
		text := string(attrs)
		for _, f := range slices.Backward(u.former) {
			text = strings.ReplaceAll(text, string(f.now), string(f.then[i]))
		}
		if text != string(attrs) {
			all = append(all, json.RawMessage(text))
		}
	}
	return all
}
