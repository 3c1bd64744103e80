package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// methods are PostgreSQL's own index methods.
var methods = []string{"btree", "hash", "gin", "gist", "spgist", "brin"}

func (w *partReader) index() {
	var keys []kinds.Key
	attrs := kinds.Index{Method: w.method("method"), Partition: w.alone, Comment: w.comment(), Storage: w.storage(), Tablespace: w.tablespace()}
	list := w.attrs["fields"]
	if on := w.attrs["on"]; on != nil {
		if list != nil {
			w.b.l.report(declare.Place{Document: w.file, Span: on.Name.Span}, codeConflict, w.what+" has both fields and on", "on takes fields and expressions.", "put all of them into on")
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
		if !ok || !s.holds(a.Value, n, s.what) {
			return
		}
		attrs.Where = &n
	}
	label := w.indexLabel(keys, "idx")
	attrs.Name = w.name(label)
	if !w.b.l.few(declare.Place{Document: w.file, Span: list.Value.Span}, codeIndex, w.what, len(attrs.Keys)+len(attrs.Include)) {
		return
	}
	w.checkMethod(attrs)
	if w.classes(keyOwner{method: attrs.Method, unique: attrs.Unique, argument: "method"}, keys, list) {
		w.put(kinds.IndexKind, label, attrs.Name, attrs)
	}
}

// maxKeys is how many columns an index can have (INDEX_MAX_KEYS of PostgreSQL).
const maxKeys = 32

// few reports too many columns of an index, of a key, which has one, or of what divides
// a table. It is false if it did.
func (l *loader) few(at declare.Place, code, what string, count int) bool {
	if count > maxKeys {
		l.report(at, code, fmt.Sprintf("%s has %d columns", what, count), fmt.Sprintf("PostgreSQL takes at most %d there.", maxKeys), "take some of them out")
	}
	return count <= maxKeys
}

// method reads the name of an index method; the empty one is btree.
func (w *partReader) method(argument string) string {
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
		l.notEnabled(declare.Place{Document: w.file, Span: a.Value.Span}, fmt.Sprintf("index method %q", name), l.catalog.otherMethods[name])
		return ""
	}
	l.keyword(w.file, a, append(slices.Clone(methods), sortedKeys(l.catalog.byMethod)...)...)
	return ""
}

// checkMethod reports what an index method cannot do.
func (w *partReader) checkMethod(attrs kinds.Index) {
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

func (w *partReader) exclude() {
	a := w.require("on", `on = [with(FIELD, "=")]`)
	if a == nil {
		return
	}
	keys, ok := w.keys(a, false, true)
	if !ok {
		return
	}
	label := w.indexLabel(keys, "excl")
	attrs := kinds.Constraint{Type: kinds.Exclude, Keys: keys, Method: w.method("using"), Include: w.included(), Deferrable: w.deferrable(), Name: w.name(label), Partition: w.alone, Comment: w.comment(), Storage: w.storage()}
	if a := w.attrs["where"]; a != nil {
		s := w.scope("the condition of " + w.what)
		s.stored = true
		n, ok := s.translate(a.Value)
		if !ok || !s.holds(a.Value, n, s.what) {
			return
		}
		attrs.Where = &n
	}
	if !w.b.l.few(declare.Place{Document: w.file, Span: a.Value.Span}, codeIndex, w.what, len(attrs.Keys)+len(attrs.Include)) {
		return
	}
	if w.classes(keyOwner{method: attrs.Method, exclusion: true, argument: "using"}, keys, a) {
		w.put(kinds.ConstraintKind, label, attrs.Name, attrs)
	}
}

// indexLabel returns the label of an index: the written one, or what
// PostgreSQL's own name would have behind the table's.
func (w *partReader) indexLabel(keys []kinds.Key, suffix string) string {
	if len(w.block.Labels) > 0 {
		return w.block.Labels[0].Text
	}
	var parts []string
	for _, k := range keys {
		switch k.Value.Kind {
		case expression.Field:
			parts = append(parts, w.b.l.fieldAt(k.Value.Path[0].Address).column)
		case expression.Call:
			parts = append(parts, w.b.l.functionName(k.Value))
		default:
			parts = append(parts, "expr")
		}
	}
	return kinds.Name(append(parts, suffix)...)
}

// keys reads the keys of an index or exclusion constraint.
func (w *partReader) keys(a *declare.Attr, fieldsOnly, operators bool) ([]kinds.Key, bool) {
	list, ok := w.b.l.elements(w.file, a)
	if ok && len(list) == 0 {
		w.b.l.report(declare.Place{Document: w.file, Span: a.Value.Span}, codeValue, fmt.Sprintf("argument %q of %s is empty", a.Name.Text, w.what), "", "write at least one field")
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

func (w *partReader) operatorMissing(e *declare.Expr, wanted bool) {
	if wanted {
		w.b.l.report(declare.Place{Document: w.file, Span: e.Span}, codeIndex, "a key of an exclusion constraint has no operator", "Two rows exclude each other if all operators hold between them.", `write with(FIELD, "=")`)
		return
	}
	w.b.l.report(declare.Place{Document: w.file, Span: e.Span}, codeIndex, "with(...) is for exclusion constraints", "", "write the field alone")
}
