package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// A grammar says what may stand in a body.
type grammar struct {
	what   string // "a model"
	attrs  []string
	blocks []string
	// twice are arguments that may be set more than once.
	twice []string
	// place is where options of plugins can stand, if any.
	place detect.Place
}

// has reports whether a name is one of the grammar's own.
func (g grammar) has(name string) bool {
	return slices.Contains(g.attrs, name) || slices.Contains(g.blocks, name)
}

// check reports what is set twice.
func (l *loader) checkRepeated(f *declare.Document, body *declare.Body, g grammar) {
	for i, a := range body.Attrs {
		for _, earlier := range body.Attrs[:i] {
			if earlier.Name.Text != a.Name.Text || slices.Contains(g.twice, a.Name.Text) {
				continue
			}
			l.report(declare.Place{Document: f, Span: a.Name.Span}, codeRepeated, fmt.Sprintf("argument %q is set twice", a.Name.Text),
				"It is set at "+f.Range(earlier.Name.Span).String()+" already.", "keep one of the two")
			break
		}
	}
}

func (l *loader) unknownAttr(f *declare.Document, name declare.Name, g grammar) {
	at := declare.Place{Document: f, Span: name.Span}
	if slices.Contains(g.blocks, name.Text) {
		l.report(at, codeUnknownArgument, fmt.Sprintf("%q is a block", name.Text), "A block has no equals sign.",
			fmt.Sprintf("write %s { ... }", name.Text))
		return
	}
	l.unknown(at, codeUnknownArgument, "argument", name.Text, g)
}

func (l *loader) unknownBlock(f *declare.Document, name declare.Name, g grammar) {
	at := declare.Place{Document: f, Span: name.Span}
	if slices.Contains(g.attrs, name.Text) {
		l.report(at, codeUnknownBlock, fmt.Sprintf("%q is an argument", name.Text), "An argument has an equals sign.",
			fmt.Sprintf("write %s = ...", name.Text))
		return
	}
	l.unknown(at, codeUnknownBlock, "block", name.Text, g)
}

func (l *loader) unknown(at declare.Place, code, kind, name string, g grammar) {
	if owner := l.catalog.owner(g.place, name); owner != "" {
		l.notEnabled(at, fmt.Sprintf("%s %q", kind, name), owner)
		return
	}
	known := slices.Concat(g.attrs, g.blocks, l.catalog.optionNames(g.place))
	if g.what == projectGrammar.what {
		known = append(known, l.catalog.optionNames(detect.OnProject)...)
	}
	detail := fmt.Sprintf("In %s can stand: %s.", g.what, strings.Join(known, ", "))
	if other := l.catalog.elsewhere(g.place, name); other != "" {
		detail = fmt.Sprintf("It can stand in a %s only.", other)
		if g.place == everywhere {
			detail += fmt.Sprintf(" In %s can stand: %s.", g.what, strings.Join(known, ", "))
		}
	}
	if here := otherWord(kind, name, g, known); here != "" {
		l.report(at, code, fmt.Sprintf("%s has no %s %q", g.what, kind, name), detail, "write "+here)
		return
	}
	if here := habit(name, g); here != "" && nearest(name, known) == "" {
		l.report(at, code, fmt.Sprintf("%s has no %s %q", g.what, kind, name), detail, habitNext(here))
		return
	}
	l.report(at, code, fmt.Sprintf("%s has no %s %q%s", g.what, kind, name, didYouMean(name, known)),
		detail, instead(name, known, "take it out"))
}

// notEnabled reports something that belongs to a plugin that is not in use.
func (l *loader) notEnabled(at declare.Place, what, plugin string) {
	l.report(at, codeNotEnabled, fmt.Sprintf("%s belongs to plugin %q, which is not enabled", what, plugin),
		"A plugin is in use if the project file names it.",
		fmt.Sprintf("add to %s:\n    plugin %q {}", l.projectFile(), plugin))
}

// label returns the label of a block that has to have one.
func (l *loader) label(f *declare.Document, b *declare.Block) (declare.Name, bool) {
	switch {
	case len(b.Labels) == 0:
		l.report(declare.Place{Document: f, Span: b.Type.Span}, codeLabel, fmt.Sprintf("block %q has no name", b.Type.Text),
			"The name stands between the type of the block and its brace.", fmt.Sprintf("write %s \"NAME\" { ... }", b.Type.Text))
		return declare.Name{}, false
	case len(b.Labels) > 1:
		l.report(declare.Place{Document: f, Span: b.Labels[1].Span}, codeLabel, fmt.Sprintf("block %q has more than one name", b.Type.Text), "",
			"keep the first one")
		return declare.Name{}, false
	}
	return b.Labels[0], l.validName(declare.Place{Document: f, Span: b.Labels[0].Span}, b.Labels[0].Text)
}

// validName reports a name that cannot be one.
func (l *loader) validName(at declare.Place, name string) bool {
	switch {
	case name == "":
		l.report(at, codeName, "the name is empty", "", "give it a name")
	case strings.ContainsRune(name, 0):
		l.report(at, codeName, "the name has a zero byte in it", "PostgreSQL has no names with zero bytes.", "take it out")
	default:
		return true
	}
	return false
}

// unlabelled reports a label where none can be.
func (l *loader) unlabelled(f *declare.Document, b *declare.Block) {
	if len(b.Labels) > 0 {
		l.report(declare.Place{Document: f, Span: b.Labels[0].Span}, codeLabel, fmt.Sprintf("block %q has no name of its own", b.Type.Text), "",
			fmt.Sprintf("write %s { ... }", b.Type.Text))
	}
}
