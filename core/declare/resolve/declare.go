package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

var fileGrammar = grammar{what: "a model file", blocks: []string{"model", "enum", "domain", "mixin"}}

// declare notes what a file declares, without looking into it.
func (l *loader) declare(f *declare.Document) {
	for _, a := range f.Body.Attrs {
		l.unknownAttr(f, a.Name, fileGrammar)
	}
	for _, b := range f.Body.Blocks {
		switch b.Type.Text {
		case "model", "enum", "domain", "mixin":
			l.declareBlock(f, b)
		case "app", "environment", "plugin":
			l.report(declare.Place{Document: f, Span: b.Type.Span}, codeUnknownBlock, fmt.Sprintf("block %q stands in a model file", b.Type.Text),
				"It belongs into the project file.", "move it to "+l.projectFile())
		default:
			l.unknownBlock(f, b.Type, fileGrammar)
		}
	}
}

func (l *loader) declareBlock(f *declare.Document, b *declare.Block) {
	name, ok := l.label(f, b)
	if !ok {
		return
	}
	a, d := l.apps[f.App], topBlock{file: f, app: l.apps[f.App], name: name.Text, block: b, at: declare.Place{Document: f, Span: name.Span}}
	switch b.Type.Text {
	case "model":
		if old := a.models[name.Text]; !l.twice(d, old != nil, func() topBlock { return old.topBlock }) {
			m := &model{topBlock: d, addr: address.New(kinds.ModelKind, a.label, name.Text)}
			a.models[name.Text] = m
			a.order = append(a.order, m)
		}
	case "enum":
		old, domain := a.enums[name.Text], a.domains[name.Text]
		if !l.twice(d, old != nil, func() topBlock { return old.topBlock }) && !l.twice(d, domain != nil, func() topBlock { return domain.topBlock }) {
			a.enums[name.Text] = &enum{topBlock: d, addr: address.New(kinds.EnumKind, a.label, name.Text)}
		}
	case "domain":
		old, enums := a.domains[name.Text], a.enums[name.Text]
		if !l.twice(d, old != nil, func() topBlock { return old.topBlock }) && !l.twice(d, enums != nil, func() topBlock { return enums.topBlock }) {
			a.domains[name.Text] = &domain{topBlock: d, addr: address.New(kinds.DomainKind, a.label, name.Text)}
		}
	case "mixin":
		if old := a.mixins[name.Text]; !l.twice(d, old != nil, func() topBlock { return old.topBlock }) {
			a.mixins[name.Text] = &mixin{topBlock: d}
		}
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
