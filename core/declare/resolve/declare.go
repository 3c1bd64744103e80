package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// fileGrammar is what stands in a model file: the words of the language, and the
// blocks that detectors own there.
var fileGrammar = grammar{what: "a model file", blocks: []string{"model", "mixin"}, place: detect.OnApp}

// declare notes what a document declares, without looking into it.
func (l *loader) declare(f *declare.Document) {
	if f.App == "" {
		l.declareBase(f)
		return
	}
	for _, a := range f.Body.Attrs {
		l.unknownAttr(f, a.Name, fileGrammar)
	}
	for _, b := range f.Body.Blocks {
		o, owned := l.catalog.option(detect.OnApp, b.Type.Text)
		switch word := b.Type.Text; {
		case word == "app" || word == "environment" || word == "plugin":
			l.belongsToProject(f, b)
		case owned || slices.Contains(fileGrammar.blocks, word):
			l.declareBlock(f, b, o)
		case l.catalog.inBase(word):
			l.belongsToProject(f, b)
		default:
			l.unknownBlock(f, b.Type, fileGrammar)
		}
	}
}

// belongsToProject reports a block of the project file.
func (l *loader) belongsToProject(f *declare.Document, b *declare.Block) {
	l.report(declare.Place{Document: f, Span: b.Type.Span}, codeUnknownBlock, fmt.Sprintf("block %q stands in a model file", b.Type.Text),
		"It belongs into the project file.", "move it to "+l.projectFile())
}

func (l *loader) declareBlock(f *declare.Document, b *declare.Block, o ownedOption) {
	name, ok := l.label(f, b)
	if !ok {
		return
	}
	a := l.apps[f.App]
	d := topBlock{file: f, app: a, name: name.Text, block: b, at: declare.Place{Document: f, Span: name.Span}}
	switch b.Type.Text {
	case "model":
		if old := a.models[name.Text]; !l.twice(d, old != nil, func() topBlock { return old.topBlock }) {
			m := &model{topBlock: d, addr: address.New(kinds.ModelKind, a.label, name.Text)}
			a.models[name.Text] = m
			a.order = append(a.order, m)
		}
	case "mixin":
		if old := a.mixins[name.Text]; !l.twice(d, old != nil, func() topBlock { return old.topBlock }) {
			a.mixins[name.Text] = &mixin{topBlock: d}
		}
	default:
		l.declareTop(d, o)
	}
}

// A topBlock is a block with a name at the top of a file.
type topBlock struct {
	file  *declare.Document
	app   *app
	name  string
	block *declare.Block
	at    declare.Place // of the name
}

// twice reports a second declaration, at both places.
func (l *loader) twice(d topBlock, again bool, first func() topBlock) bool {
	if !again {
		return false
	}
	old := first()
	l.report(d.at, codeDeclaredTwice, fmt.Sprintf("%s %q is declared twice", d.block.Type.Text, d.name),
		fmt.Sprintf("It is declared as %s at %s already.", old.block.Type.Text, old.at.Range()),
		"give one of the two another name, or put both into one block")
	return true
}
