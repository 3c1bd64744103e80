package hcl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// methods are PostgreSQL's own index methods.
var methods = []string{"btree", "hash", "gin", "gist", "spgist", "brin"}

func (w *written) index() {
	var keys []kinds.Key
	attrs := kinds.Index{Method: w.method("method")}
	list := w.attrs["fields"]
	if on := w.attrs["on"]; on != nil {
		if list != nil {
			w.b.l.report(spot{w.file, on.Name.Span}, codeConflict, w.what+" has both fields and on", "on takes fields and expressions.", "put all of them into on")
		}
		list = on
	}
	if list == nil {
		w.require("fields", "fields = [...], or on = [...] for expressions")
		return
	}
	keys, ok := w.keys(list, list.Name.Text == "fields", false)
	if !ok {
		return
	}
	attrs.Keys, attrs.Include = keys, w.included()
	attrs.Unique, _ = w.flag("unique")
	distinct, is := w.flag("nulls_distinct")
	attrs.NullsNotDistinct = is && !distinct
	if a := w.attrs["where"]; a != nil {
		s := w.scope("the condition of " + w.what)
		s.stored = true
		n, ok := s.translate(a.Value)
		if !ok {
			return
		}
		attrs.Where = &n
	}
	label := w.indexLabel(keys, "idx")
	attrs.Name = w.name(label)
	w.checkMethod(attrs)
	w.defaultClasses(attrs.Method, keys)
	w.put(kinds.IndexKind, label, attrs.Name, attrs)
}

// method reads the name of an index method; the empty one is btree.
func (w *written) method(argument string) string {
	a := w.attrs[argument]
	if a == nil {
		return ""
	}
	name, l := word(strip(a.Value)), w.b.l
	switch {
	case name == "btree":
		return ""
	case name != "" && (slices.Contains(methods, name) || l.catalog.byMethod[name] != nil):
		w.uses.method(name)
		return name
	case l.catalog.otherMethods[name] != "":
		l.notEnabled(spot{w.file, a.Value.Span}, fmt.Sprintf("index method %q", name), l.catalog.otherMethods[name])
		return ""
	}
	l.keyword(w.file, a, append(slices.Clone(methods), sortedKeys(l.catalog.byMethod)...)...)
	return ""
}

// checkMethod reports what an index method cannot do.
func (w *written) checkMethod(attrs kinds.Index) {
	if attrs.Method == "" || !slices.Contains(methods, attrs.Method) {
		return
	}
	refuse := func(what string) {
		w.b.l.report(w.at(), codeIndex, fmt.Sprintf("%s has method %s, which cannot be %s", w.what, attrs.Method, what), "PostgreSQL would refuse it.", "take one of the two out")
	}
	if attrs.Unique {
		refuse("unique")
	}
	if len(attrs.Include) > 0 && attrs.Method != "gist" && attrs.Method != "spgist" {
		refuse("used with include")
	}
	if len(attrs.Keys) > 1 && (attrs.Method == "hash" || attrs.Method == "spgist") {
		refuse("over more than one key")
	}
	for _, k := range attrs.Keys {
		if k.Desc || k.Nulls != "" {
			refuse("sorted: desc, nulls_first, nulls_last")
			return
		}
	}
}

func (w *written) exclude() {
	a := w.require("on", `on = [with(FIELD, "=")]`)
	if a == nil {
		return
	}
	keys, ok := w.keys(a, false, true)
	if !ok {
		return
	}
	label := w.indexLabel(keys, "excl")
	attrs := kinds.Constraint{Type: kinds.Exclude, Keys: keys, Method: w.method("using"), Include: w.included(), Deferrable: w.deferrable(), Name: w.name(label)}
	if a := w.attrs["where"]; a != nil {
		s := w.scope("the condition of " + w.what)
		s.stored = true
		n, ok := s.translate(a.Value)
		if !ok {
			return
		}
		attrs.Where = &n
	}
	w.defaultClasses(attrs.Method, keys)
	w.put(kinds.ConstraintKind, label, attrs.Name, attrs)
}

// defaultClasses notes the operator classes that keys without one have: those of
// a method for a type can come with an extension.
func (w *written) defaultClasses(method string, keys []kinds.Key) {
	c := w.b.l.catalog
	for _, k := range keys {
		if method == "" || k.Opclass != "" || k.Value.Kind != expression.Field {
			continue
		}
		f := w.b.l.fieldAt(k.Value.Path[0].Address)
		class := method + ":" + f.typ.className()
		if owner := c.otherOpclasses[class]; owner != "" && c.byOpclass[class] == nil {
			w.b.l.notEnabled(w.at(), fmt.Sprintf("method %s over field %q of type %s", method, f.name, f.typ), owner)
		}
		w.uses.opclass(class)
	}
}

// className names a type as implications of operator classes do.
func (t *typ) className() string {
	if t == nil {
		return ""
	}
	t = t.base()
	name := t.SQL
	switch {
	case t.enum != nil:
		name = "enum"
	case t.builtin != nil:
		name, _, _ = strings.Cut(t.SQL, "(")
	}
	return name + strings.Repeat("[]", t.Dimensions)
}

// indexLabel returns the label of an index: the written one, or what
// PostgreSQL's own name would have behind the table's.
func (w *written) indexLabel(keys []kinds.Key, suffix string) string {
	if len(w.block.Labels) > 0 {
		return w.block.Labels[0].Text
	}
	var parts []string
	for _, k := range keys {
		switch k.Value.Kind {
		case expression.Field:
			parts = append(parts, w.b.l.fieldAt(k.Value.Path[0].Address).column)
		case expression.Call:
			parts = append(parts, k.Value.Text[strings.LastIndex(k.Value.Text, ":")+1:])
		default:
			parts = append(parts, "expr")
		}
	}
	return kinds.Name(append(parts, suffix)...)
}

// keys reads the keys of an index or exclusion constraint.
func (w *written) keys(a *syntax.Attr, fieldsOnly, operators bool) ([]kinds.Key, bool) {
	list, ok := w.b.l.elements(w.file, a)
	if ok && len(list) == 0 {
		w.b.l.report(spot{w.file, a.Value.Span}, codeValue, fmt.Sprintf("argument %q of %s is empty", a.Name.Text, w.what), "", "write at least one field")
		return nil, false
	}
	var keys []kinds.Key
	for _, e := range list {
		reader := keyReader{w: w, fieldsOnly: fieldsOnly}
		good := reader.read(e)
		if good && operators != (reader.key.Operator != "") {
			w.operatorMissing(e, operators)
			good = false
		}
		ok = ok && good
		keys = append(keys, reader.key)
	}
	return keys, ok
}

func (w *written) operatorMissing(e *syntax.Expr, wanted bool) {
	if wanted {
		w.b.l.report(spot{w.file, e.Span}, codeIndex, "a key of an exclusion constraint has no operator", "Two rows exclude each other if all operators hold between them.", `write with(FIELD, "=")`)
		return
	}
	w.b.l.report(spot{w.file, e.Span}, codeIndex, "with(...) is for exclusion constraints", "", "write the field alone")
}

// A keyReader reads one key with what is written around it: desc(name).
type keyReader struct {
	w          *written
	fieldsOnly bool
	key        kinds.Key
	nulls      string
}

func (r *keyReader) read(e *syntax.Expr) bool {
	if !r.value(strip(e)) {
		return false
	}
	// NULLS LAST goes with ascending, NULLS FIRST with descending keys by default.
	if usual := map[bool]string{false: "last", true: "first"}[r.key.Desc]; r.nulls != usual {
		r.key.Nulls = r.nulls
	}
	return true
}

func (r *keyReader) value(e *syntax.Expr) bool {
	if e.Kind == syntax.Call {
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

func (r *keyReader) wrapped(e *syntax.Expr, count int, form string) bool {
	if len(e.Args) == count {
		return true
	}
	r.wrong(e, fmt.Sprintf("wrong number of arguments of %s", e.Text), "write "+form)
	return false
}

func (r *keyReader) wrong(e *syntax.Expr, summary, next string) {
	r.w.b.l.report(spot{r.w.file, e.Span}, codeIndex, summary, "", next)
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

func (r *keyReader) opclass(e *syntax.Expr) bool {
	name := dotted(e)
	if e.Kind == syntax.String {
		name = e.Text
	}
	if name == "" {
		r.wrong(e, "this is no operator class", "write opclass(FIELD, varchar_pattern_ops)")
		return false
	}
	if c := r.w.b.l.catalog; c.otherOpclasses[name] != "" && c.byOpclass[name] == nil {
		r.w.b.l.notEnabled(spot{r.w.file, e.Span}, fmt.Sprintf("operator class %q", name), c.otherOpclasses[name])
		return false
	}
	r.key.Opclass = name
	r.w.uses.opclass(name)
	return true
}

func (r *keyReader) collate(e *syntax.Expr) bool {
	if e.Kind != syntax.String || e.Text == "" {
		r.wrong(e, "a collation is a string", `write collate(FIELD, "C")`)
		return false
	}
	r.key.Collate = e.Text
	return true
}

func (r *keyReader) operator(e *syntax.Expr) bool {
	if e.Kind != syntax.String || e.Text == "" || strings.Trim(e.Text, "+-*/<>=~!@#%^&|`?") != "" {
		r.wrong(e, "this is no operator", `write with(FIELD, "=")`)
		return false
	}
	r.key.Operator = e.Text
	return true
}

// plain reads the field or expression itself.
func (r *keyReader) plain(e *syntax.Expr) bool {
	if r.fieldsOnly && e.Kind != syntax.Word && e.Kind != syntax.String {
		r.wrong(e, "fields takes fields only", "write on = [...] for expressions")
		return false
	}
	if e.Kind == syntax.String {
		e = &syntax.Expr{Kind: syntax.Word, Span: e.Span, Names: []syntax.Name{{Text: e.Text, Span: e.Span}}}
	}
	s := r.w.scope(r.w.what)
	s.stored = true
	n, ok := expression.Node{}, false
	if e.Kind == syntax.Word {
		n, ok = s.path(e.Names)
	} else {
		n, ok = s.translate(e)
	}
	r.key.Value = n
	return ok
}
