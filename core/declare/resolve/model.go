package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A model is a model block with what its mixins bring.
type model struct {
	topBlock
	addr      address.Address
	table     string
	schema    string
	comment   string
	unmanaged bool
	tuning    tuning
	divided   *declare.Attr // partition_by
	fields    []*field
	byName    map[string]*field
	parts     []part
	options   []optionUse
	key       *primaryKey
	keyless   *declare.Attr // primary_key = none
	// partial: something of it could not be read, so that a name that is missing
	// may be in it.
	partial bool
}

// A mixin is a mixin block.
type mixin struct {
	topBlock
	included bool
}

// A part is a block of a model that becomes an index or a constraint.
type part struct {
	file  *declare.Document
	app   *app
	block *declare.Block
	mixin string // the name of the mixin that brings it
}

// An optionUse is an argument or block that a plugin owns.
type optionUse struct {
	ownedOption
	file  *declare.Document
	app   *app
	attr  *declare.Attr
	block *declare.Block
	mixin string
	// shared says where it is written if it is for every model of an app or of
	// the project.
	shared sharing
}

func (o optionUse) at() declare.Place {
	if o.attr != nil {
		return declare.Place{Document: o.file, Span: o.attr.Name.Span}
	}
	if len(o.block.Labels) > 0 {
		return declare.Place{Document: o.file, Span: o.block.Labels[0].Span}
	}
	return declare.Place{Document: o.file, Span: o.block.Type.Span}
}

var (
	modelGrammar = grammar{
		what: "a model", attrs: []string{"table", "schema", "include", "comment", "renamed_from", "managed", "unlogged", "tablespace", "storage", "partition_by"},
		blocks: []string{"field", "primary_key", "index", "unique", "check", "exclude", "foreign_key"}, place: detect.OnModel,
	}
	mixinGrammar = grammar{
		what: "a mixin", blocks: []string{"field", "index", "unique", "check", "exclude", "foreign_key"},
		place: detect.OnModel,
	}
)

// prepareFields reads the models of an app with their fields.
func (l *loader) prepareFields(a *app) {
	for _, name := range sortedKeys(a.mixins) {
		l.checkMixin(a.mixins[name])
	}
	for _, m := range a.order {
		l.readModel(m)
	}
}

// checkMixin reports what cannot stand in a mixin, whether it is included or not.
func (l *loader) checkMixin(x *mixin) {
	l.checkRepeated(x.file, x.block.Body, mixinGrammar)
	for _, a := range x.block.Body.Attrs {
		if _, ok := l.catalog.option(detect.OnModel, a.Name.Text); !ok {
			l.unknownAttr(x.file, a.Name, mixinGrammar)
		}
	}
	for _, b := range x.block.Body.Blocks {
		if _, ok := l.catalog.option(detect.OnModel, b.Type.Text); !ok && !slices.Contains(mixinGrammar.blocks, b.Type.Text) {
			l.unknownBlock(x.file, b.Type, mixinGrammar)
		}
	}
}

// tryMixins reads the fields of mixins that no model includes, for what is wrong
// in them.
func (l *loader) tryMixins(a *app) {
	renames := len(l.renames)
	for _, name := range sortedKeys(a.mixins) {
		x := a.mixins[name]
		if x.included {
			continue
		}
		m := &model{topBlock: x.topBlock, addr: address.New(kinds.ModelKind, a.label, x.name), byName: map[string]*field{}, key: &primaryKey{}}
		l.modelBlocks(m, x.file, x.app, x.block.Body, x.name)
		for _, f := range m.fields {
			l.resolve(f)
			l.checkArguments(f)
		}
	}
	l.renames = l.renames[:renames]
}

func (l *loader) readModel(m *model) {
	m.table, m.schema, m.byName = m.name, m.app.Schema, make(map[string]*field, len(m.block.Body.Blocks)+1)
	m.partial = m.file.Broken
	l.checkRepeated(m.file, m.block.Body, modelGrammar)
	for _, a := range m.block.Body.Attrs {
		if a.Name.Text == "include" {
			l.include(m, a)
		}
	}
	for _, a := range m.block.Body.Attrs {
		l.modelAttr(m, a)
	}
	l.modelBlocks(m, m.file, m.app, m.block.Body, "")
	for _, f := range m.fields {
		l.renamedField(f)
		l.conversionOf(f)
	}
	l.fits(m.at, "table", m.table)
	l.claim(nameKey{class: relationName, schema: m.schema, name: m.table}, m.at, owner{"the table", m})
	l.claim(nameKey{class: typeName, schema: m.schema, name: m.table}, m.at, owner{"the table", m})
}

func (l *loader) modelAttr(m *model, a *declare.Attr) {
	switch a.Name.Text {
	case "include":
	case "table":
		if name, ok := l.identifier(m.file, a); ok {
			m.table = name
		}
	case "schema":
		if name, ok := l.schemaName(m.file, a); ok {
			m.schema = name
		}
	case "comment":
		m.comment, _ = l.text(m.file, a)
	case "managed":
		managed, ok := l.flag(m.file, a)
		m.unmanaged = ok && !managed
	case "renamed_from":
		l.renamedTop(m.topBlock, m.addr, a)
	case "unlogged", "tablespace", "storage":
		l.tune(m, a)
	case "partition_by":
		m.divided = a
	case "primary_key":
		l.withoutKey(m, a)
	default:
		if o, ok := l.catalog.option(detect.OnModel, a.Name.Text); ok {
			m.options = append(m.options, optionUse{ownedOption: o, file: m.file, app: m.app, attr: a})
			return
		}
		l.unknownAttr(m.file, a.Name, modelGrammar)
	}
}

// modelBlocks reads the blocks of a model or of a mixin that it includes.
func (l *loader) modelBlocks(m *model, f *declare.Document, a *app, body *declare.Body, mixin string) {
	for _, b := range body.Blocks {
		switch b.Type.Text {
		case "field":
			l.addField(m, f, a, b, mixin)
		case "index", "unique", "check", "exclude", "foreign_key":
			m.parts = append(m.parts, part{file: f, app: a, block: b, mixin: mixin})
		case "primary_key":
			if mixin == "" {
				l.keyBlock(m, b)
			}
		default:
			if o, ok := l.catalog.option(detect.OnModel, b.Type.Text); ok {
				m.options = append(m.options, optionUse{ownedOption: o, file: f, app: a, block: b, mixin: mixin})
			} else if mixin == "" {
				l.unknownBlock(f, b.Type, modelGrammar)
			}
		}
	}
}

// include reads the mixins of a model, whose fields come before its own.
func (l *loader) include(m *model, a *declare.Attr) {
	list, ok := l.elements(m.file, a)
	m.partial = m.partial || !ok
	var included []*mixin
	for _, e := range list {
		x := l.mixin(m, strip(e))
		switch {
		case x == nil:
			m.partial = true
			continue
		case slices.Contains(included, x):
			l.report(declare.Place{Document: m.file, Span: e.Span}, codeMixin, fmt.Sprintf("mixin %q is included twice", x.name), "", "take one of the two out")
			continue
		}
		included, x.included = append(included, x), true
		m.partial = m.partial || x.file.Broken
		for _, attr := range x.block.Body.Attrs {
			if o, ok := l.catalog.option(detect.OnModel, attr.Name.Text); ok {
				m.options = append(m.options, optionUse{ownedOption: o, file: x.file, app: x.app, attr: attr, mixin: x.name})
			}
		}
		l.modelBlocks(m, x.file, x.app, x.block.Body, x.name)
	}
}
