package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// refs reads a list of the names of objects of some kinds, each as ref does.
func (r *optionReader) refs(a detect.Attr, attr *declare.Attr) (any, bool) {
	if call := strip(attr.Value); call.Kind == declare.Call && slices.Contains(a.OneOf, call.Text) {
		return r.allOf(a, call)
	}
	list, ok := r.elements(a, attr)
	found := []address.Ref{}
	for _, e := range list {
		target, named := r.named(a, strip(e))
		if ok = ok && named; !named {
			continue
		}
		ref := address.RefTo(target)
		if slices.Contains(found, ref) {
			ok = r.twice(a, e, target.Path())
			continue
		}
		if !a.Loose && !slices.Contains(a.Kinds, detect.AnyKind) { // see readsOf
			r.uses.ref(target, aspects(a))
		}
		found = append(found, ref)
	}
	return found, ok
}

// keywords reads a list of bare words, in the order in which they are written.
func (r *optionReader) keywords(a detect.Attr, attr *declare.Attr) (any, bool) {
	list, ok := r.elements(a, attr)
	found := []string{}
	for _, e := range list {
		keyword := word(strip(e))
		switch {
		case !slices.Contains(a.OneOf, keyword):
			ok = r.noKeyword(a, e, keyword)
		case slices.Contains(found, keyword):
			ok = r.twice(a, e, keyword)
		default:
			found = append(found, keyword)
		}
	}
	return found, ok
}

// noKeyword reports an element that is none of the words, and returns false.
func (r *optionReader) noKeyword(a detect.Attr, e *declare.Expr, written string) bool {
	if s := strip(e); s.Kind == declare.String {
		written = s.Text
	}
	r.b.l.report(declare.Place{Document: r.option.file, Span: e.Span}, codeValue,
		fmt.Sprintf("argument %q takes a list of %s%s", a.Name, oneOf(a.OneOf), didYouMean(written, a.OneOf)), sentence(a.Doc),
		"write "+a.Name+" = ["+a.OneOf[0]+"], without quotes")
	return false
}

// elements returns the elements of a list that has some.
func (r *optionReader) elements(a detect.Attr, attr *declare.Attr) ([]*declare.Expr, bool) {
	list, ok := r.b.l.elements(r.option.file, attr)
	if ok && len(list) == 0 {
		r.b.l.report(declare.Place{Document: r.option.file, Span: attr.Value.Span}, codeValue, fmt.Sprintf("argument %q names nothing", a.Name),
			sentence(a.Doc), "write at least one, or take the argument out")
		return nil, false
	}
	return list, ok
}

// twice reports an element that stands in a list already, and returns false.
func (r *optionReader) twice(a detect.Attr, e *declare.Expr, what string) bool {
	r.b.l.report(declare.Place{Document: r.option.file, Span: e.Span}, codeRepeated, fmt.Sprintf("argument %q has %s twice", a.Name, what), "", "take one of the two out")
	return false
}

// words reads a list of names: bare words, or strings for what is no word.
func (r *optionReader) words(a detect.Attr, attr *declare.Attr) (any, bool) {
	list, ok := r.elements(a, attr)
	found := []string{}
	for _, e := range list {
		name, at := word(strip(e)), declare.Place{Document: r.option.file, Span: e.Span}
		if s := strip(e); s.Kind == declare.String {
			name = s.Text
		} else if name == "" {
			r.b.l.report(at, codeValue, fmt.Sprintf("argument %q has to be a list of names", a.Name), "", "write "+a.Name+" = [name]")
			ok = false
			continue
		}
		switch {
		case !r.b.l.validName(at, name):
			ok = false
		case slices.Contains(found, name):
			ok = r.twice(a, e, name)
		default:
			found = append(found, name)
		}
	}
	return found, ok
}
