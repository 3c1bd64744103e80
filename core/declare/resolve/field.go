package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A field is a field of a model.
type field struct {
	*fieldBlock
	model    *model
	addr     address.Address
	name     string
	column   string // empty for many_to_many
	rank     int
	implicit bool // the id of a model without a primary key

	primary  bool
	typ      *typ
	collate  string
	relation *relation
	reading  bool // its type is being resolved
	read     bool
}

// A fieldBlock is a field block.
type fieldBlock struct {
	file  *declare.Document
	app   *app
	block *declare.Block
	label declare.Name
	mixin string

	attrs     fieldAttrs
	generated *declare.Expr
	virtual   bool // what is generated is not stored
	options   []optionUse
}

// fieldAttrs are the arguments of a field, nil where they are not written.
type fieldAttrs struct {
	typ, null, def, column, primaryKey, unique, identity, collate, comment, renamedFrom, using *declare.Attr
	onDelete, onUpdate, toField, deferrable, through, table                                    *declare.Attr
	storage, compression, statistics                                                           *declare.Attr
}

var fieldGrammar = grammar{
	what: "a field",
	attrs: []string{
		"type", "null", "default", "column", "primary_key", "unique", "identity", "collate", "comment", "renamed_from", "using",
		"on_delete", "on_update", "to_field", "deferrable", "through", "table",
		"storage", "compression", "statistics",
	},
	blocks: []string{"generated"}, place: detect.OnField,
}

func (f *field) at() declare.Place { return declare.Place{Document: f.file, Span: f.label.Span} }

// slot returns where an argument is kept, or nil.
func (a *fieldAttrs) slot(name string) **declare.Attr {
	switch name {
	case "type":
		return &a.typ
	case "null":
		return &a.null
	case "default":
		return &a.def
	case "column":
		return &a.column
	case "primary_key":
		return &a.primaryKey
	case "unique":
		return &a.unique
	case "identity":
		return &a.identity
	case "collate":
		return &a.collate
	case "comment":
		return &a.comment
	case "renamed_from":
		return &a.renamedFrom
	case "using":
		return &a.using
	case "on_delete":
		return &a.onDelete
	case "on_update":
		return &a.onUpdate
	case "to_field":
		return &a.toField
	case "deferrable":
		return &a.deferrable
	case "through":
		return &a.through
	case "table":
		return &a.table
	case "storage":
		return &a.storage
	case "compression":
		return &a.compression
	case "statistics":
		return &a.statistics
	}
	return nil
}

// addField reads a field block into a model.
func (l *loader) addField(m *model, file *declare.Document, a *app, b *declare.Block, mixin string) {
	label, ok := l.label(file, b)
	if !ok {
		m.partial = true
		return
	}
	room := &struct { // one piece of memory for both
		field   field
		written fieldBlock
	}{written: fieldBlock{file: file, app: a, block: b, label: label, mixin: mixin}}
	w, f := &room.written, &room.field
	l.readFieldBody(w)
	*f = field{fieldBlock: w, model: m, name: label.Text, addr: m.addr.Child(kinds.FieldKind, label.Text), rank: len(m.fields) + 1}
	if first := m.byName[f.name]; first != nil {
		l.fieldTwice(m, first, f)
		return
	}
	f.primary = l.isTrue(w.file, w.attrs.primaryKey)
	m.fields, m.byName[f.name] = append(m.fields, f), f
	l.columnOf(f)
}

func (l *loader) fieldTwice(m *model, first, second *field) {
	if first.mixin == second.mixin {
		l.report(second.at(), codeDeclaredTwice, fmt.Sprintf("field %q of model %q is declared twice", second.name, m.name),
			fmt.Sprintf("It is declared at %s already.", first.at().Range()), "take one of the two out, or rename it")
		return
	}
	at, from := second.at(), first.mixin
	if second.mixin != "" {
		at = m.at
		if from == "" {
			from = second.mixin
		}
	}
	l.report(at, codeMixin, fmt.Sprintf("model %q gets field %q twice, once from mixin %q", m.name, second.name, from),
		fmt.Sprintf("It is declared at %s and at %s.", first.at().Range(), second.at().Range()),
		"rename one of the two, or do not include the mixin")
}

func (l *loader) readFieldBody(w *fieldBlock) {
	body := w.block.Body
	l.checkRepeated(w.file, body, fieldGrammar)
	for _, a := range body.Attrs {
		if slot := w.attrs.slot(a.Name.Text); slot != nil {
			*slot = a
			continue
		}
		if o, ok := l.catalog.option(detect.OnField, a.Name.Text); ok {
			w.options = append(w.options, optionUse{ownedOption: o, file: w.file, app: w.app, attr: a, mixin: w.mixin})
			continue
		}
		l.unknownAttr(w.file, a.Name, fieldGrammar)
	}
	for _, b := range body.Blocks {
		if b.Type.Text == "generated" {
			l.readGenerated(w, b)
			continue
		}
		if o, ok := l.catalog.option(detect.OnField, b.Type.Text); ok {
			w.options = append(w.options, optionUse{ownedOption: o, file: w.file, app: w.app, block: b, mixin: w.mixin})
			continue
		}
		l.unknownBlock(w.file, b.Type, fieldGrammar)
	}
}

var generatedGrammar = grammar{what: "generated", attrs: []string{"as", "virtual"}}

func (l *loader) readGenerated(w *fieldBlock, b *declare.Block) {
	l.unlabelled(w.file, b)
	l.checkRepeated(w.file, b.Body, generatedGrammar)
	l.noBlocks(w.file, b.Body, generatedGrammar)
	if w.generated != nil {
		l.report(declare.Place{Document: w.file, Span: b.Type.Span}, codeRepeated, "generated stands twice", "", "keep one of the two")
	}
	for _, a := range b.Body.Attrs {
		if a.Name.Text == "as" {
			w.generated = a.Value
			continue
		}
		if a.Name.Text == "virtual" {
			w.virtual = l.isTrue(w.file, a)
			continue
		}
		l.unknownAttr(w.file, a.Name, generatedGrammar)
	}
	if w.generated == nil {
		l.report(declare.Place{Document: w.file, Span: b.Type.Span}, codeMissing, "generated has no expression", "", "write generated { as = ... }")
	}
}

// isTrue reports whether a flag is written and true.
func (l *loader) isTrue(f *declare.Document, a *declare.Attr) bool {
	if a == nil {
		return false
	}
	value, ok := l.flag(f, a)
	return ok && value
}

// relationWord returns foreign_key, one_to_one or many_to_many, or "".
func (w *fieldBlock) relationWord() string {
	if w.attrs.typ == nil {
		return ""
	}
	e := strip(w.attrs.typ.Value)
	if e.Kind == declare.Call && (e.Text == foreignKey || e.Text == oneToOne || e.Text == manyToMany) {
		return e.Text
	}
	return ""
}

// columnOf decides on the column of a field.
func (l *loader) columnOf(f *field) {
	kind := f.relationWord()
	if kind == manyToMany {
		return
	}
	f.column = f.name
	if kind != "" {
		f.column += "_id"
	}
	if f.attrs.column != nil {
		if name, ok := l.identifier(f.file, f.attrs.column); ok {
			f.column = name
		}
	}
}

// implicitID gives a model without a primary key its id.
func (l *loader) implicitID(m *model) {
	f := &field{
		fieldBlock: &fieldBlock{file: m.file, app: m.app, block: m.block, label: declare.Name{Text: "id", Span: m.at.Span}},
		model:      m, name: "id", column: "id", addr: m.addr.Child(kinds.FieldKind, "id"), implicit: true, primary: true, read: true,
		typ: modelTypes["bigint"],
	}
	m.fields = slices.Insert(m.fields, 0, f)
	m.byName["id"] = f
}

// fieldAt returns the field of a written model at an address, or nil.
func (l *loader) fieldAt(addr address.Address) *field {
	names := addr.Names()
	if len(names) != 3 || l.apps[names[0]] == nil || l.apps[names[0]].models[names[1]] == nil {
		return nil
	}
	return l.apps[names[0]].models[names[1]].byName[names[2]]
}
