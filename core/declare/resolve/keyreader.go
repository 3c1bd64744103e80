package resolve

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A keyReader reads one key with what is written around it: desc(name).
type keyReader struct {
	w          *partReader
	fieldsOnly bool
	key        kinds.Key
	nulls      string
}

func (r *keyReader) read(e *declare.Expr) bool {
	if !r.value(strip(e)) {
		return false
	}
	// NULLS LAST goes with ascending, NULLS FIRST with descending keys by default.
	if usual := map[bool]string{false: "last", true: "first"}[r.key.Desc]; r.nulls != usual {
		r.key.Nulls = r.nulls
	}
	return true
}

func (r *keyReader) value(e *declare.Expr) bool {
	if e.Kind == declare.Call {
		switch e.Text {
		case "asc", "desc", "nulls_first", "nulls_last":
			return r.wrapped(e, 1, e.Text+"(FIELD)") && r.order(e.Text) && r.value(strip(e.Args[0]))
		case "opclass":
			return r.wrapped(e, 2, "opclass(FIELD, NAME)") && r.opclass(strip(e.Args[1])) && r.value(strip(e.Args[0]))
		case "collate":
			return r.wrapped(e, 2, `collate(FIELD, "C")`) && r.collate(strip(e.Args[1])) && r.value(strip(e.Args[0]))
		case "with":
			return r.wrapped(e, 2, `with(FIELD, "=")`) && r.operator(strip(e.Args[1])) && r.value(strip(e.Args[0]))
		}
	}
	return r.plain(e)
}

func (r *keyReader) wrapped(e *declare.Expr, count int, form string) bool {
	if len(e.Args) == count {
		return true
	}
	r.wrong(e, fmt.Sprintf("wrong number of arguments of %s", e.Text), "write "+form)
	return false
}

func (r *keyReader) wrong(e *declare.Expr, summary, next string) {
	r.w.b.l.report(declare.Place{Document: r.w.file, Span: e.Span}, codeIndex, summary, "", next)
}

func (r *keyReader) order(form string) bool {
	switch form {
	case "desc":
		r.key.Desc = true
	case "nulls_first":
		r.nulls = "first"
	case "nulls_last":
		r.nulls = "last"
	}
	return true
}

func (r *keyReader) opclass(e *declare.Expr) bool {
	name := dotted(e)
	if e.Kind == declare.String {
		name = e.Text
	}
	if name == "" {
		r.wrong(e, "this is no operator class", "write opclass(FIELD, varchar_pattern_ops)")
		return false
	}
	if c := r.w.b.l.catalog; c.otherOpclasses[name] != "" && c.byOpclass[name] == nil {
		r.w.b.l.notEnabled(declare.Place{Document: r.w.file, Span: e.Span}, fmt.Sprintf("operator class %q", name), c.otherOpclasses[name])
		return false
	}
	r.key.Opclass = name
	r.w.uses.opclass(name)
	return true
}

func (r *keyReader) collate(e *declare.Expr) bool {
	if e.Kind != declare.String || e.Text == "" {
		r.wrong(e, "a collation is a string", `write collate(FIELD, "C")`)
		return false
	}
	r.key.Collate = e.Text
	return true
}

func (r *keyReader) operator(e *declare.Expr) bool {
	if e.Kind != declare.String || e.Text == "" || strings.Trim(e.Text, "+-*/<>=~!@#%^&|`?") != "" {
		r.wrong(e, "this is no operator", `write with(FIELD, "=")`)
		return false
	}
	r.key.Operator = e.Text
	return true
}

// plain reads the field or expression itself.
func (r *keyReader) plain(e *declare.Expr) bool {
	if r.fieldsOnly && e.Kind != declare.Word && e.Kind != declare.String {
		r.wrong(e, "fields takes fields only", "write on = [...] for expressions")
		return false
	}
	if e.Kind == declare.String {
		e = &declare.Expr{Kind: declare.Word, Span: e.Span, Names: []declare.Name{{Text: e.Text, Span: e.Span}}}
	}
	s := r.w.scope(r.w.what)
	s.stored = true
	n, ok := expression.Node{}, false
	if e.Kind == declare.Word {
		s.aspects = state.Exists // PostgreSQL keeps it, whatever type the column gets
		n, ok = s.path(e.Names)
	} else {
		n, ok = s.translate(e)
	}
	r.key.Value = n
	return ok
}
