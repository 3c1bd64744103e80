package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// mixin returns the mixin that an expression names, or nil after reporting.
func (l *loader) mixin(m *model, e *declare.Expr) *mixin {
	at := declare.Place{Document: m.file, Span: e.Span}
	a, name := l.qualified(m.app, e)
	if a == nil {
		l.missing(at, codeUnknownMixin, "this names no mixin", "A mixin is named by a bare word, that of another app with a dot: kitchen.timestamps.", "write include = [NAME]")
		return nil
	}
	if x := a.mixins[name]; x != nil {
		return x
	}
	known := sortedKeys(a.mixins)
	l.missing(at, codeUnknownMixin, fmt.Sprintf("there is no mixin %s%s", inApp(m.app, a, name), didYouMean(name, known)),
		fmt.Sprintf("App %q declares %s.", a.label, declares(known, "mixins")), instead(name, known, fmt.Sprintf("declare mixin %q", name)))
	return nil
}

func declares(known []string, what string) string {
	if len(known) == 0 {
		return "no " + what
	}
	return "the " + what + " " + oneOf(known)
}

// inApp writes a name as it would be written in an app.
func inApp(here, there *app, name string) string {
	if here == there {
		return quote(name)
	}
	return there.label + "." + name
}

// inWords writes a name as the model language has it in an app.
func inWords(here, there *app, name string) string {
	if here == there {
		return name
	}
	return there.label + "." + name
}

// qualified reads NAME, APP.NAME or "NAME". It returns a nil app if the
// expression is none of these or there is no such app.
func (l *loader) qualified(here *app, e *declare.Expr) (*app, string) {
	switch {
	case e.Kind == declare.String:
		return here, e.Text
	case e.Kind == declare.Word && len(e.Names) == 1:
		return l.home(here), e.Names[0].Text
	case e.Kind == declare.Word && len(e.Names) == 2:
		return l.apps[e.Names[0].Text], e.Names[1].Text
	}
	return nil, ""
}

// lookModel returns the model that an expression names, or nil after reporting.
func (l *loader) lookModel(f *declare.Document, here *app, e *declare.Expr) *model {
	e = strip(e)
	at := declare.Place{Document: f, Span: e.Span}
	a, name := l.qualified(here, e)
	switch {
	case a == nil && e.Kind == declare.Word && len(e.Names) == 2:
		l.missing(at, codeUnknownModel, fmt.Sprintf("there is no app %q and so no model %s%s", e.Names[0].Text, dotted(e), didYouMean(e.Names[0].Text, l.labels)),
			"A model of another app is named APP.MODEL.", l.namesOfApps(e.Names[0].Text))
		return nil
	case a == nil:
		l.report(at, codeUnknownModel, "this names no model", "A model is named by a bare word, that of another app with a dot: kitchen.pizza.", "write the name of a model")
		return nil
	}
	if m := a.models[name]; m != nil {
		return m
	}
	known := sortedKeys(a.models)
	summary := fmt.Sprintf("there is no model %s%s", inApp(here, a, name), didYouMean(name, known))
	next := fmt.Sprintf("declare model %q, or name another one", name)
	if best := nearest(name, known); best != "" {
		next = "write " + inWords(l.home(here), a, best)
	}
	for _, label := range l.labels {
		if (a == here || here == l.base) && a != l.apps[label] && l.apps[label].models[name] != nil {
			next = fmt.Sprintf("write %s.%s, the model of app %q", label, name, label)
		}
	}
	why := fmt.Sprintf("App %q has no model of this name.", a.label)
	if a == l.base {
		why = "A model is named APP.MODEL where there are several apps."
	}
	l.missing(at, codeUnknownModel, summary, why, next)
	return nil
}
