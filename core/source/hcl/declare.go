package hcl

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

var fileGrammar = grammar{what: "a model file", blocks: []string{"model", "enum", "domain", "mixin"}}

// declare notes what a file declares, without looking into it.
func (l *loader) declare(f *modelFile) {
	for _, a := range f.Body.Attrs {
		l.unknownAttr(f.File, a.Name, fileGrammar)
	}
	for _, b := range f.Body.Blocks {
		switch b.Type.Text {
		case "model", "enum", "domain", "mixin":
			l.declareBlock(f, b)
		case "app", "environment", "plugin":
			l.report(spot{f.File, b.Type.Span}, codeUnknownBlock, fmt.Sprintf("block %q stands in a model file", b.Type.Text),
				"It belongs into the project file.", "move it to "+l.projectFile())
		default:
			l.unknownBlock(f.File, b.Type, fileGrammar)
		}
	}
}

func (l *loader) declareBlock(f *modelFile, b *syntax.Block) {
	name, ok := l.label(f.File, b)
	if !ok {
		return
	}
	a, d := f.app, declared{file: f.File, app: f.app, name: name.Text, block: b, at: spot{f.File, name.Span}}
	switch b.Type.Text {
	case "model":
		if old := a.models[name.Text]; !l.twice(d, old != nil, func() declared { return old.declared }) {
			m := &model{declared: d, addr: address.New(kinds.ModelKind, a.label, name.Text)}
			a.models[name.Text] = m
			a.order = append(a.order, m)
		}
	case "enum":
		old, domain := a.enums[name.Text], a.domains[name.Text]
		if !l.twice(d, old != nil, func() declared { return old.declared }) && !l.twice(d, domain != nil, func() declared { return domain.declared }) {
			a.enums[name.Text] = &enum{declared: d, addr: address.New(kinds.EnumKind, a.label, name.Text)}
		}
	case "domain":
		old, enums := a.domains[name.Text], a.enums[name.Text]
		if !l.twice(d, old != nil, func() declared { return old.declared }) && !l.twice(d, enums != nil, func() declared { return enums.declared }) {
			a.domains[name.Text] = &domain{declared: d, addr: address.New(kinds.DomainKind, a.label, name.Text)}
		}
	case "mixin":
		if old := a.mixins[name.Text]; !l.twice(d, old != nil, func() declared { return old.declared }) {
			a.mixins[name.Text] = &mixin{declared: d}
		}
	}
}

// A declared is a block with a name at the top of a file.
type declared struct {
	file  *syntax.File
	app   *app
	name  string
	block *syntax.Block
	at    spot // of the name
}

// twice reports a second declaration, at both places.
func (l *loader) twice(d declared, again bool, first func() declared) bool {
	if !again {
		return false
	}
	old := first()
	l.report(d.at, codeDeclaredTwice, fmt.Sprintf("%s %q is declared twice", d.block.Type.Text, d.name),
		fmt.Sprintf("It is declared as %s at %s already.", old.block.Type.Text, old.at.rangeOf()),
		"give one of the two another name, or put both into one block")
	return true
}
