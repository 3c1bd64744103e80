package resolve

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// raw translates sql("..."). The fields of the model that it names become fields of
// the expression, which follow renames; all else that it names is depended on.
func (s *scope) raw(e *declare.Expr) (expression.Node, bool) {
	text, ok := s.l.sqlText(s.file, e)
	if !ok {
		return expression.Node{}, false
	}
	if !s.old.IsZero() {
		return expression.Node{Kind: expression.SQL, Text: text}, true
	}
	s.implied(text)
	reading, ok := s.l.readSQL(sqlText{
		kind: detect.SQLExpression, text: text, model: s.model, app: s.app, file: s.file, expr: strip(e.Args[0]), what: s.what,
	})
	if !ok {
		return expression.Node{}, false
	}
	s.uses.readings = append(s.uses.readings, reading)
	holed := s.node(textOf(reading))
	own := map[address.Address]bool{}
	for _, field := range holed.Fields() {
		own[field] = true
		s.uses.ref(field, s.ownAspects())
	}
	for _, ref := range reading.Refs {
		if !own[ref.Target] && (s.model == nil || ref.Target != s.model.addr) {
			s.uses.ref(ref.Target, ref.Aspects|state.Name)
		}
	}
	plain := expression.Node{Kind: expression.SQL, Text: text}
	if len(holed.Args) == 0 {
		return plain, true
	}
	s.uses.formerly(holed, plain)
	return holed, true
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
	for _, at := range sqlWord.FindAllStringIndex(text, -1) {
		if strings.HasPrefix(strings.TrimLeft(text[at[1]:], " "), "(") {
			s.uses.call(strings.ToLower(text[at[0]:at[1]]))
		}
		if strings.HasSuffix(strings.TrimRight(text[:at[0]], " "), "::") {
			s.uses.typ(strings.ToLower(text[at[0]:at[1]]))
		}
	}
}

var sqlWord = regexp.MustCompile(`[A-Za-z_\x{80}-\x{10ffff}][A-Za-z0-9_$\x{80}-\x{10ffff}]*`)

// node returns text with holes as an expression: columns of the model that stand
// by themselves are its fields, all other names are written as they are now.
func (s *scope) node(t sqltext.Text) expression.Node {
	n := expression.Node{Kind: expression.SQL}
	literal := ""
	flush := func() {
		if literal != "" {
			n.Args = append(n.Args, expression.Node{Kind: expression.SQL, Text: literal})
		}
		literal = ""
	}
	for _, p := range t.Parts {
		switch {
		case !p.IsHole():
			literal += p.SQL
		case p.Form == sqltext.Name && s.ownField(p.Ref) && !strings.HasSuffix(strings.TrimRight(literal, " \t\n"), "."):
			flush()
			n.Args = append(n.Args, expression.Node{Kind: expression.Field, Path: []address.Ref{address.RefTo(p.Ref)}})
		default:
			literal += s.l.databaseName(p.Ref, p.Form)
		}
	}
	flush()
	if len(n.Fields()) == 0 {
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

// A formerNode is an expression as it stood in attributes before the names in
// sql("...") were looked up, beside how it stands there now.
type formerNode struct{ now, then []byte }

// formerly notes how an expression stood in attributes before its names were
// looked up: the migrations may hold it so.
func (u *uses) formerly(now, then expression.Node) {
	a, errA := state.Encode(now)
	b, errB := state.Encode(then)
	if errA == nil && errB == nil {
		u.former = append(u.former, formerNode{now: a, then: b})
	}
}

// formerAttrs returns attributes as they stood before names were looked up, nil if
// that makes no difference.
func (u *uses) formerAttrs(attrs json.RawMessage) json.RawMessage {
	if len(u.former) == 0 {
		return nil
	}
	text := string(attrs)
	for _, f := range u.former {
		text = strings.ReplaceAll(text, string(f.now), string(f.then))
	}
	return json.RawMessage(text)
}
