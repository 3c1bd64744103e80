package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
)

var queryGrammar = grammar{what: "a query", attrs: []string{"filter", "values", "annotate"}, twice: []string{"filter"}}

// A queryReader reads a query block. The order of its arguments counts: a filter
// before annotate is about rows, one after it about groups.
type queryReader struct {
	*optionReader
	scope *scope
	query expression.Query
	names []string // of annotations
	ok    bool
}

func (r *optionReader) query(a detect.Attr, b *declare.Block) (any, bool) {
	q := &queryReader{optionReader: r, scope: r.scope(a), ok: true}
	q.scope.query = true
	q.query.Model = address.RefTo(r.b.model.addr)
	l, f := r.b.l, r.option.file
	l.checkRepeated(f, b.Body, queryGrammar)
	l.noBlocks(f, b.Body, queryGrammar)
	q.annotations(b.Body)
	after := false
	for _, attr := range b.Body.Attrs {
		switch attr.Name.Text {
		case "filter":
			q.filter(attr, after)
		case "values":
			q.values(attr)
		case "annotate":
			q.annotate(attr)
			after = true
		default:
			l.unknownAttr(f, attr.Name, queryGrammar)
			q.ok = false
		}
	}
	if len(b.Body.Attrs) == 0 {
		l.report(declare.Place{Document: f, Span: b.Type.Span}, codeQuery, "the query is empty", "It would give every row.", "write filter = ...")
		q.ok = false
	}
	q.grouped(b)
	return q.query, q.ok
}

// annotations notes the names of annotations, which filters can use before they
// are read.
func (q *queryReader) annotations(body *declare.Body) {
	for _, a := range body.Attrs {
		if value := strip(a.Value); a.Name.Text == "annotate" && value.Kind == declare.Object {
			for _, key := range value.Keys {
				q.names = append(q.names, keyName(strip(key)))
			}
		}
	}
}

func keyName(e *declare.Expr) string {
	if e.Kind == declare.String {
		return e.Text
	}
	return word(e)
}

func (q *queryReader) filter(a *declare.Attr, after bool) {
	s := *q.scope
	s.what = "the filter of " + q.option.what()
	s.annotations = q.names
	n, ok := s.translate(a.Value)
	ok = ok && s.holds(a.Value, n, s.what)
	q.ok = q.ok && ok
	if !ok {
		return
	}
	named := false
	n.Walk(func(n expression.Node) { named = named || n.Kind == expression.Name })
	if after || named {
		q.query.Having = append(q.query.Having, n)
		return
	}
	q.query.Where = append(q.query.Where, n)
}

func (q *queryReader) values(a *declare.Attr) {
	list, ok := q.b.l.elements(q.option.file, a)
	q.ok = q.ok && ok
	s := *q.scope
	s.what = "values of " + q.option.what()
	for _, e := range list {
		n, ok := s.translate(e)
		q.ok = q.ok && ok
		q.query.Values = append(q.query.Values, n)
	}
}

func (q *queryReader) annotate(a *declare.Attr) {
	l, f := q.b.l, q.option.file
	value := strip(a.Value)
	if value.Kind != declare.Object {
		l.badValue(f, a, "names with aggregates", "{ n = count() }")
		q.ok = false
		return
	}
	s := *q.scope
	s.what, s.aggregates = "annotate of "+q.option.what(), true
	for i, key := range value.Keys {
		name := keyName(strip(key))
		at := declare.Place{Document: f, Span: key.Span}
		if !l.validName(at, name) {
			q.ok = false
			continue
		}
		if slices.ContainsFunc(q.query.Annotate, func(a expression.Annotation) bool { return a.As == name }) {
			l.report(at, codeQuery, fmt.Sprintf("%q is annotated twice", name), "", "give one of the two another name")
			q.ok = false
		}
		if q.b.model.byName[name] != nil {
			l.report(at, codeQuery, fmt.Sprintf("annotation %q has the name of a field of model %q", name, q.b.model.name), "In a filter one could not tell them apart.", "give the annotation another name")
			q.ok = false
		}
		n, ok := s.translate(value.Args[i])
		if ok && !aggregated(n) {
			l.report(declare.Place{Document: f, Span: value.Args[i].Span}, codeQuery, fmt.Sprintf("annotation %q is no aggregate", name), "It is computed from the rows of a group.", "write count(), count(FIELD), sum(FIELD), min(FIELD), max(FIELD) or avg(FIELD)")
			ok = false
		}
		q.ok = q.ok && ok
		q.query.Annotate = append(q.query.Annotate, expression.Annotation{As: name, Value: n})
	}
}

// aggregated reports whether a function is called, or SQL used, in a node.
func aggregated(n expression.Node) bool {
	found := false
	n.Walk(func(n expression.Node) { found = found || n.Kind == expression.Call || n.Kind == expression.SQL })
	return found
}

// grouped reports fields in a filter of groups that a group has no single value of.
func (q *queryReader) grouped(b *declare.Block) {
	if !q.ok || len(q.query.Annotate) == 0 {
		return
	}
	for _, h := range q.query.Having {
		h.WalkOwn(func(n expression.Node) {
			if n.Kind != expression.Field || q.ok && q.fixed(n) {
				return
			}
			q.ok = false
			q.b.l.report(declare.Place{Document: q.option.file, Span: b.Type.Span}, codeQuery,
				fmt.Sprintf("the filter after annotate of %s names %q, which is not among values", q.option.what(), n.Path[len(n.Path)-1].Address.Name()),
				"After annotate a filter is about groups, which have many rows.", "put the filter before annotate, or add the field to values")
		})
	}
}

// fixed reports whether a field has one value in a group.
func (q *queryReader) fixed(n expression.Node) bool {
	if len(q.query.Values) == 0 {
		return len(n.Path) == 1
	}
	return slices.ContainsFunc(q.query.Values, func(v expression.Node) bool { return slices.Equal(v.Path, n.Path) })
}
