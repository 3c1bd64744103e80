package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// ref reads the name of an object of one of some kinds: NAME, APP.NAME, or for a
// field MODEL.FIELD.
func (r *optionReader) ref(a detect.Attr, attr *declare.Attr) (any, bool) {
	target, ok := r.named(a, strip(attr.Value))
	if !ok {
		return nil, false
	}
	if !a.Loose {
		r.uses.ref(target, aspects(a))
	}
	return address.RefTo(target), true
}

// named returns the object that an expression names, and false after reporting
// that it names none.
func (r *optionReader) named(a detect.Attr, e *declare.Expr) (address.Address, bool) {
	l := r.b.l
	if takes(a, kinds.FieldKind) && e.Kind == declare.Word && len(e.Names) > 1 && !r.inApp(a, e) {
		return r.namedField(e)
	}
	at := declare.Place{Document: r.option.file, Span: e.Span}
	app, name := l.qualified(r.option.app, e)
	if app == nil {
		l.report(at, codeValue, fmt.Sprintf("argument %q takes the name of %s", a.Name, article(oneOf(l.targets(a)))), "", "write a name, that of another app as APP.NAME")
		return address.Address{}, false
	}
	if m := app.models[name]; m != nil && takes(a, kinds.ModelKind) {
		return m.addr, true
	}
	t, known := blockNamed(name, a.Kinds, append(app.tops[:len(app.tops):len(app.tops)], l.base.tops...))
	if t != nil {
		return t.addr, true
	}
	l.missing(at, codeValue, fmt.Sprintf("there is no %s %s%s", oneOf(l.targets(a)), inApp(r.option.app, app, name), didYouMean(name, known)), "",
		instead(name, known, "declare it, or name another one"+r.undeclared(a, name)))
	return address.Address{}, false
}

// inApp reports whether A.B is the name of what is in an app, where it could be a field too.
func (r *optionReader) inApp(a detect.Attr, e *declare.Expr) bool {
	first := e.Names[0].Text
	return len(e.Names) == 2 && takes(a, kinds.ModelKind) && r.option.app.models[first] == nil && r.b.l.apps[first] != nil
}

// takes reports whether an argument can name objects of a kind.
func takes(a detect.Attr, kind string) bool {
	return slices.Contains(a.Kinds, kind) || slices.Contains(a.Kinds, detect.AnyKind)
}

// targets are the words for what an argument can name.
func (l *loader) targets(a detect.Attr) []string {
	if slices.Contains(a.Kinds, detect.AnyKind) {
		return []string{"object"}
	}
	return l.catalog.words(a.Kinds)
}

// undeclared says how something is named that nobody declares, such as a function of
// PostgreSQL's own, where the option takes that.
func (r *optionReader) undeclared(a detect.Attr, name string) string {
	attrs := r.option.option.Shape.Attrs
	i := slices.IndexFunc(attrs, func(o detect.Attr) bool { return o.Name == "undeclared" })
	switch {
	case i < 0 || !slices.Contains(a.Kinds, "function"):
		return ""
	case attrs[i].Type == detect.TypeMap:
		return fmt.Sprintf("; for one that nobody declares, write undeclared = { %s = %q } in its place", a.Name, name)
	}
	return fmt.Sprintf("; for one that nobody declares, write undeclared = %q in its place", name)
}

// namedField returns the field that MODEL.FIELD or APP.MODEL.FIELD names.
func (r *optionReader) namedField(e *declare.Expr) (address.Address, bool) {
	last := len(e.Names) - 1
	path := &declare.Expr{Kind: declare.Word, Span: e.Span, Names: e.Names[:last]}
	m := r.b.l.lookModel(r.option.file, r.option.app, path)
	if m == nil {
		return address.Address{}, false
	}
	f := r.b.l.fieldOf(m, declare.Place{Document: r.option.file, Span: e.Names[last].Span}, e.Names[last].Text, r.option.what())
	if f == nil {
		return address.Address{}, false
	}
	return f.addr, true
}

// blockNamed returns the first of the blocks of some kinds that has a name, or nil
// and the names that there are.
func blockNamed(name string, kinds []string, blocks []*top) (found *top, known []string) {
	for _, t := range blocks {
		if !slices.Contains(kinds, t.kind.Name) && !slices.Contains(kinds, detect.AnyKind) {
			continue
		}
		if t.name == name {
			return t, nil
		}
		known = append(known, t.name)
	}
	return nil, known
}
