package resolve

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// keywords are values that SQL writes without parentheses.
var keywords = map[string]string{
	"current_date": "CURRENT_DATE", "current_time": "CURRENT_TIME", "current_timestamp": "CURRENT_TIMESTAMP",
	"localtime": "LOCALTIME", "localtimestamp": "LOCALTIMESTAMP", "current_user": "CURRENT_USER",
	"session_user": "SESSION_USER", "current_role": "CURRENT_ROLE", "current_catalog": "CURRENT_CATALOG",
	"current_schema": "CURRENT_SCHEMA",
}

// name translates a bare word, or several with dots between them.
func (s *scope) name(e *declare.Expr) (expression.Node, bool) {
	first := e.Names[0].Text
	if len(e.Names) == 1 {
		if n, ok := s.special(first); ok {
			return n, s.storable(e)
		}
	}
	if s.model == nil {
		s.noName(e)
		return expression.Node{}, false
	}
	return s.path(e.Names)
}

// special returns what is no field: an annotation, the value of a domain, or a
// value that SQL writes as a keyword.
func (s *scope) special(name string) (expression.Node, bool) {
	if slices.Contains(s.annotations, name) {
		return expression.Node{Kind: expression.Name, Text: name}, true
	}
	if s.value && strings.EqualFold(name, "value") {
		return expression.Node{Kind: expression.SQL, Text: "VALUE"}, true
	}
	if !s.old.IsZero() && (name == s.old.Name() || name == "value") {
		return expression.Node{Kind: expression.Field, Path: []address.Ref{address.RefTo(s.old)}}, true
	}
	sql, ok := keywords[strings.ToLower(name)]
	if !ok || s.model != nil && s.model.byName[name] != nil {
		return expression.Node{}, false
	}
	return expression.Node{Kind: expression.SQL, Text: sql}, true
}

func (s *scope) noName(e *declare.Expr) {
	text := dotted(e)
	if s.value {
		s.wrong(e, fmt.Sprintf("there is no %q here", text), "The only name in the check of a domain is value.", "write value")
		return
	}
	s.wrong(e, fmt.Sprintf("there is no field %q in %s", text, s.what), s.noFields,
		fmt.Sprintf("write text in quotes: %q; or a function with parentheses: %s()", text, text))
}

// path translates the names of foreign keys to follow and of a field.
func (s *scope) path(names []declare.Name) (expression.Node, bool) {
	var path []address.Ref
	m := s.model
	for i := 0; i < len(names); i++ {
		n := names[i]
		if s.query && m.byName[n.Text] == nil {
			if back, read := s.reverse(m, names[i:]); back != nil {
				path = append(path, address.RefTo(back.model.addr), address.RefTo(back.addr))
				i, m = i+read-1, back.model
				continue
			} else if read > 0 {
				return expression.Node{}, false
			}
		}
		f := s.field(m, n)
		if f == nil {
			return expression.Node{}, false
		}
		path = append(path, address.RefTo(f.addr))
		s.uses.ref(f.addr, s.aspects)
		s.through(f)
		if i == len(names)-1 {
			break
		}
		if m = s.next(f, n, names[i+1]); m == nil {
			return expression.Node{}, false
		}
		s.uses.ref(m.addr, state.Exists|state.Name)
		if target := f.relation.field; target != nil { // nil after a mistake in its type
			s.uses.ref(target.addr, s.aspects)
		}
	}
	return expression.Node{Kind: expression.Field, Path: path}, true
}

// through notes that a many_to_many is read by way of its join model.
func (s *scope) through(f *field) {
	if f.relation == nil || !f.relation.many {
		return
	}
	if m := f.relation.through; m != nil {
		s.uses.ref(m.addr, state.Exists|state.Name)
		for _, side := range m.fields {
			if side.relationWord() != "" {
				s.uses.ref(side.addr, s.aspects)
			}
		}
		return
	}
	m := f.addr.WithKind(kinds.ModelKind)
	s.uses.ref(m, state.Exists|state.Name)
	s.uses.ref(m.Child(kinds.FieldKind, "from"), s.aspects)
	s.uses.ref(m.Child(kinds.FieldKind, "to"), s.aspects)
}

// next returns the model that a foreign key leads to, or nil after reporting.
func (s *scope) next(f *field, n, after declare.Name) *model {
	at := declare.Place{Document: s.file, Span: n.Span}
	switch {
	case f.relation == nil && f.relationWord() != "":
		return nil // reported where its type is
	case f.relation == nil:
		s.l.report(at, codeExpression, fmt.Sprintf("field %q is no foreign key", n.Text),
			fmt.Sprintf("%s.%s would be a field of the model that it leads to.", n.Text, after.Text), "write "+n.Text)
	case !s.follow:
		s.l.report(at, codeExpression, fmt.Sprintf("%s names %s.%s, a field of another model", s.what, n.Text, after.Text),
			"PostgreSQL looks at one row of one table there.", "name fields of this model only; for a rule over several models use a constraint trigger")
	default:
		return f.relation.target
	}
	return nil
}

// field returns the field of a model with a column, or nil after reporting.
func (s *scope) field(m *model, n declare.Name) *field {
	f := s.l.fieldOf(m, declare.Place{Document: s.file, Span: n.Span}, n.Text, s.what)
	if f == nil {
		return nil
	}
	if f.column == "" && !(f.relation != nil && f.relation.many && s.follow) {
		s.l.noColumn(declare.Place{Document: s.file, Span: n.Span}, f)
		return nil
	}
	return f
}

func (l *loader) noColumn(at declare.Place, f *field) {
	l.report(at, codeExpression, fmt.Sprintf("field %q is many_to_many and has no column", f.name),
		"Its rows are in the join table.", "name another field")
}

// fieldOf returns a field by name, or nil after reporting that there is none.
func (l *loader) fieldOf(m *model, at declare.Place, name, what string) *field {
	if f := m.byName[name]; f != nil {
		return f
	}
	if m.partial {
		return nil
	}
	known := slices.Collect(maps.Keys(m.byName))
	summary := fmt.Sprintf("%s names field %q, which model %q does not have%s", what, name, m.name, didYouMean(name, known))
	for _, f := range m.fields {
		if f.column == name {
			l.missing(at, codeUnknownField, summary, fmt.Sprintf("%q is the column of field %q; expressions name fields.", name, f.name), "write "+f.name)
			return nil
		}
	}
	if strings.Contains(name, "-") {
		for _, part := range strings.Split(name, "-") {
			if m.byName[part] != nil {
				l.missing(at, codeUnknownField, summary, "A - can be part of a name, so this is one name.",
					"write spaces around the -: "+strings.Join(strings.Split(name, "-"), " - "))
				return nil
			}
		}
	}
	slices.Sort(known)
	detail := fmt.Sprintf("Its fields are %s.", strings.Join(known, ", "))
	if len(known) > 12 {
		detail = fmt.Sprintf("It has %d fields, none of this name.", len(known))
	}
	l.missing(at, codeUnknownField, summary, detail, instead(name, known, fmt.Sprintf("write a field of model %q, or declare field %q", m.name, name)))
	return nil
}
