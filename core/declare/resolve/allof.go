package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// every is the call that stands for all objects of a kind.
const every = "all"

// allOf reads what stands in place of a list of names: all(models), or another call of
// the argument's, which is text.
func (r *optionReader) allOf(a detect.Attr, call *declare.Expr) (any, bool) {
	kind, ok := r.plural(a, call)
	if !ok || call.Text != every {
		return call.Text + "(" + plural(kind) + ")", ok
	}
	found := []address.Ref{}
	for _, target := range r.option.app.allOf(kind) {
		if !a.Loose {
			r.uses.ref(target, aspects(a))
		}
		found = append(found, address.RefTo(target))
	}
	if len(found) == 0 {
		r.b.l.report(declare.Place{Document: r.option.file, Span: call.Span}, codeValue, fmt.Sprintf("argument %q names nothing: app %q has no %s", a.Name, r.option.app.label, plural(kind)),
			sentence(a.Doc), "declare one, or take the argument out")
	}
	return found, len(found) > 0
}

// plural returns the kind of which a call names the plural.
func (r *optionReader) plural(a detect.Attr, call *declare.Expr) (string, bool) {
	words := make([]string, len(a.Kinds))
	for i, kind := range a.Kinds {
		words[i] = plural(kind)
	}
	if len(call.Args) == 1 {
		if i := slices.Index(words, word(strip(call.Args[0]))); i >= 0 {
			return a.Kinds[i], true
		}
	}
	r.b.l.report(declare.Place{Document: r.option.file, Span: call.Span}, codeValue, fmt.Sprintf("%s(...) takes %s", call.Text, oneOf(words)), sentence(a.Doc),
		fmt.Sprintf("write %s = %s(%s)", a.Name, call.Text, words[0]))
	return "", false
}

func plural(kind string) string { return kind + "s" }

// allOf returns the objects of a kind that an app has, in the order of their
// addresses: of models those that are ours, and the ones that fields make.
func (a *app) allOf(kind string) []address.Address {
	var found []address.Address
	for _, m := range a.models {
		if kind == kinds.ModelKind && !m.unmanaged {
			found = append(append(found, m.addr), m.joins()...)
		}
	}
	for _, t := range a.tops {
		if t.kind.Name == kind {
			found = append(found, t.addr)
		}
	}
	slices.SortFunc(found, address.Compare)
	return found
}

// joins returns the models that fields of a model make.
func (m *model) joins() []address.Address {
	var found []address.Address
	for _, f := range m.fields {
		if f.relation != nil && f.relation.many && f.attrs.through == nil {
			found = append(found, f.addr.WithKind(kinds.ModelKind))
		}
	}
	return found
}

// fieldsOver reads the names of fields that each of some models has: those that
// another argument names.
func (r *optionReader) fieldsOver(a detect.Attr, attr *declare.Attr) (any, bool) {
	found, models := []address.Ref{}, r.modelsIn(attrOf(r.option.block, a.Given))
	if len(models) == 0 {
		r.b.l.report(declare.Place{Document: r.option.file, Span: attr.Name.Span}, codeValue, fmt.Sprintf("argument %q names fields, and %q names no model", a.Name, a.Given),
			sentence(a.Doc), fmt.Sprintf("write %s = [MODEL], or take %s out", a.Given, a.Name))
	}
	for _, m := range models {
		for _, f := range r.b.l.fieldList(m, r.option.file, attr, r.option.what()) {
			r.uses.ref(f.addr, aspects(a))
			found = append(found, address.RefTo(f.addr))
		}
	}
	return found, len(found) > 0
}

// modelsIn returns the models that an argument names. What it names besides is
// reported where it is read.
func (r *optionReader) modelsIn(attr *declare.Attr) []*model {
	if attr == nil || strip(attr.Value).Kind != declare.List {
		return nil
	}
	var found []*model
	for _, e := range strip(attr.Value).Args {
		if app, name := r.b.l.qualified(r.option.app, strip(e)); app != nil && app.models[name] != nil {
			found = append(found, app.models[name])
		}
	}
	return found
}
