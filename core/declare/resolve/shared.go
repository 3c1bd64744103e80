package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// everywhere is the place of options in an app or at the top of the project
// file: each is the default of every model.
const everywhere detect.Place = "default"

// A sharing says for which models an option is written; empty for one.
type sharing string

const (
	byApp     sharing = "app"
	byProject sharing = "project"
)

func (s sharing) grammar() grammar {
	if s == byApp {
		return appGrammar
	}
	return projectGrammar
}

// readShared notes the options of the apps and of the project.
func (l *loader) readShared() {
	if l.tree.File == nil {
		return
	}
	for _, b := range l.tree.File.Body.Blocks {
		if b.Type.Text != "app" || len(b.Labels) != 1 {
			continue
		}
		list := l.sharedIn(b.Body, byApp)
		if a := l.apps[b.Labels[0].Text]; a != nil {
			a.share(list)
		}
	}
	list := l.sharedIn(l.tree.File.Body, byProject)
	l.declareBase(l.tree.File)
	l.eachApp(func(_ *loader, a *app) { a.share(list) })
}

func (a *app) share(list []optionUse) {
	for _, o := range list {
		o.app = a
		a.options = append(a.options, o)
	}
}

// sharedIn returns the options in a body of the project file and reports what
// cannot stand there.
func (l *loader) sharedIn(body *declare.Body, s sharing) []optionUse {
	var list []optionUse
	g := s.grammar()
	for _, a := range body.Attrs {
		if o, ok := l.catalog.option(everywhere, a.Name.Text); ok {
			list = append(list, optionUse{ownedOption: o, file: l.tree.File, attr: a, shared: s})
		} else if !slices.Contains(g.attrs, a.Name.Text) {
			l.unknownAttr(l.tree.File, a.Name, g)
		}
	}
	for _, b := range body.Blocks {
		if o, ok := l.catalog.option(everywhere, b.Type.Text); ok {
			list = append(list, optionUse{ownedOption: o, file: l.tree.File, block: b, shared: s})
		} else if s == byProject && l.catalog.inBase(b.Type.Text) {
			l.unowned(b)
		} else if l.catalog.isTop(b.Type.Text) {
			l.misplaced(l.tree.File, b)
		} else if !slices.Contains(g.blocks, b.Type.Text) && !slices.Contains(fileGrammar.blocks, b.Type.Text) {
			l.unknownBlock(l.tree.File, b.Type, g)
		}
	}
	return list
}

// checkWords reports words of the project file that nobody knows, if all plugins
// are known.
func (r *projectReader) checkWords(known []*detect.Manifest) {
	var enabled []*detect.Manifest
	for _, p := range r.project.Plugins {
		i := slices.IndexFunc(known, func(m *detect.Manifest) bool { return m.Name == p.Name })
		if i < 0 || p.Source != "" {
			return
		}
		enabled = append(enabled, known[i])
	}
	r.tree.File, r.catalog = r.file, newCatalog(enabled, known)
	r.readShared()
}

// allOptions returns the options of a model, its own and those that are for all.
func (m *model) allOptions() []optionUse {
	if m.unmanaged || len(m.app.options) == 0 {
		return m.options
	}
	return slices.Concat(m.options, m.app.options)
}

// tryShared reads the options of an app that are for every model, for what is
// wrong in them: there may be no model, or none without its own.
func (l *loader) tryShared(a *app) {
	b := &builder{l: l, model: &model{topBlock: topBlock{app: a}, partial: true}}
	for i, o := range a.options {
		if _, ok := b.optionLabel(o); ok {
			same := func(first optionUse) bool {
				return first.shared == o.shared && first.option == o.option && first.what() == o.what()
			}
			if first := slices.IndexFunc(a.options[:i], same); first >= 0 {
				b.optionTwice(o, a.options[first])
			}
			(&optionReader{b: b, option: o, uses: &uses{}}).attributes()
		}
	}
}

// sharable reports an argument about fields in an option that is for all models,
// which have none in common.
func (r *optionReader) sharable(a detect.Attr, at declare.Place) bool {
	if r.option.shared == "" {
		return true
	}
	switch a.Type {
	case detect.TypeField, detect.TypeFields, detect.TypeExpression, detect.TypeQuery:
		r.b.l.report(at, codeOption, fmt.Sprintf("argument %q of %s is about the fields of one model", a.Name, r.option.what()),
			fmt.Sprintf("In %s the option is for every model, and each has other fields.", r.option.shared.grammar().what),
			fmt.Sprintf("write %s with %s in the models that need it; that one counts there", r.option.option.Name, a.Name))
		return false
	}
	return true
}
