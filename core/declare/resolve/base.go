package resolve

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
)

// baseOf returns the app without a label, which has the blocks that detectors own
// in the project file: what belongs to no app. The migrations of the first app of
// the project write their objects.
func baseOf(project source.Project) *app {
	base := &app{App: source.App{Schema: publicSchema}, types: map[string]*top{}}
	if len(project.Apps) > 0 {
		base.writtenBy = project.Apps[0].Label
	}
	return base
}

// declareBase notes the blocks that detectors own in the project file.
func (l *loader) declareBase(f *declare.Document) {
	for _, b := range f.Body.Blocks {
		o, owned := l.catalog.option(detect.OnProject, b.Type.Text)
		if !owned {
			continue // see sharedIn and unowned
		}
		if name, ok := l.label(f, b); ok {
			at := declare.Place{Document: f, Span: name.Span}
			l.declareTop(topBlock{file: f, app: l.base, name: name.Text, block: b, at: at}, o)
		}
	}
}

// inBase reports whether a word begins a block of the project file that somebody
// owns, in use or not.
func (c *catalog) inBase(word string) bool {
	_, owned := c.options[optionKey{detect.OnProject, word}]
	return owned || c.otherOptions[optionKey{detect.OnProject, word}] != ""
}

// address returns the address of what stands by itself in an app.
func (a *app) address(kind, name string) address.Address {
	if a.label == "" {
		return address.New(kind, name)
	}
	return address.New(kind, a.label, name)
}

// writer returns the label of the app whose migrations write the objects.
func (a *app) writer() string {
	if a.label == "" {
		return a.writtenBy
	}
	return a.label
}

// home returns the app in which a name without that of an app is looked for: in
// the project file the only app, if there is just one.
func (l *loader) home(here *app) *app {
	if here == l.base && len(l.labels) == 1 {
		return l.apps[l.labels[0]]
	}
	return here
}

// unowned reports a block of a plugin that is not in use.
func (l *loader) unowned(b *declare.Block) {
	if _, owned := l.catalog.option(detect.OnProject, b.Type.Text); !owned {
		l.unknownBlock(l.tree.File, b.Type, grammar{what: projectGrammar.what, place: detect.OnProject})
	}
}
