package hcl

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// A model is a model block with what its mixins bring.
type model struct {
	declared
	addr      address.Address
	table     string
	schema    string
	comment   string
	unmanaged bool
	fields    []*field
	byName    map[string]*field
	parts     []part
	options   []writtenOption
	key       *primaryKey
	// partial: something of it could not be read, so that a name that is missing
	// may be in it.
	partial bool
}

// A mixin is a mixin block.
type mixin struct {
	declared
	included bool
}

// A part is a block of a model that becomes an index or a constraint.
type part struct {
	file  *syntax.File
	app   *app
	block *syntax.Block
	mixin string // the name of the mixin that brings it
}

// A writtenOption is an argument or block that a plugin owns.
type writtenOption struct {
	ownedOption
	file  *syntax.File
	app   *app
	attr  *syntax.Attr
	block *syntax.Block
	mixin string
}

func (o writtenOption) at() spot {
	if o.attr != nil {
		return spot{o.file, o.attr.Name.Span}
	}
	if len(o.block.Labels) > 0 {
		return spot{o.file, o.block.Labels[0].Span}
	}
	return spot{o.file, o.block.Type.Span}
}

var (
	modelGrammar = grammar{what: "a model", attrs: []string{"table", "schema", "include", "comment", "renamed_from", "managed"},
		blocks: []string{"field", "primary_key", "index", "unique", "check", "exclude", "foreign_key"}, place: detect.OnModel}
	mixinGrammar = grammar{what: "a mixin", blocks: []string{"field", "index", "unique", "check", "exclude", "foreign_key"},
		place: detect.OnModel}
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
		m := &model{declared: x.declared, addr: address.New(kinds.ModelKind, a.label, x.name), byName: map[string]*field{}, key: &primaryKey{}}
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
	l.fits(m.at, "table", m.table)
	l.claim(nameKey{class: relationName, schema: m.schema, name: m.table}, m.at, owner{"the table", m})
	l.claim(nameKey{class: typeName, schema: m.schema, name: m.table}, m.at, owner{"the table", m})
}

func (l *loader) modelAttr(m *model, a *syntax.Attr) {
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
		l.renamedTop(m.declared, m.addr, a)
	default:
		if o, ok := l.catalog.option(detect.OnModel, a.Name.Text); ok {
			m.options = append(m.options, writtenOption{ownedOption: o, file: m.file, app: m.app, attr: a})
			return
		}
		l.unknownAttr(m.file, a.Name, modelGrammar)
	}
}

// modelBlocks reads the blocks of a model or of a mixin that it includes.
func (l *loader) modelBlocks(m *model, f *syntax.File, a *app, body *syntax.Body, mixin string) {
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
				m.options = append(m.options, writtenOption{ownedOption: o, file: f, app: a, block: b, mixin: mixin})
			} else if mixin == "" {
				l.unknownBlock(f, b.Type, modelGrammar)
			}
		}
	}
}

// include reads the mixins of a model, whose fields come before its own.
func (l *loader) include(m *model, a *syntax.Attr) {
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
			l.report(spot{m.file, e.Span}, codeMixin, fmt.Sprintf("mixin %q is included twice", x.name), "", "take one of the two out")
			continue
		}
		included, x.included = append(included, x), true
		m.partial = m.partial || x.file.Broken
		for _, attr := range x.block.Body.Attrs {
			if o, ok := l.catalog.option(detect.OnModel, attr.Name.Text); ok {
				m.options = append(m.options, writtenOption{ownedOption: o, file: x.file, app: x.app, attr: attr, mixin: x.name})
			}
		}
		l.modelBlocks(m, x.file, x.app, x.block.Body, x.name)
	}
}

// mixin returns the mixin that an expression names, or nil after reporting.
func (l *loader) mixin(m *model, e *syntax.Expr) *mixin {
	at := spot{m.file, e.Span}
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

// qualified reads NAME, APP.NAME or "NAME". It returns a nil app if the
// expression is none of these or there is no such app.
func (l *loader) qualified(here *app, e *syntax.Expr) (*app, string) {
	switch {
	case e.Kind == syntax.String:
		return here, e.Text
	case e.Kind == syntax.Word && len(e.Names) == 1:
		return here, e.Names[0].Text
	case e.Kind == syntax.Word && len(e.Names) == 2:
		return l.apps[e.Names[0].Text], e.Names[1].Text
	}
	return nil, ""
}

// lookModel returns the model that an expression names, or nil after reporting.
func (l *loader) lookModel(f *syntax.File, here *app, e *syntax.Expr) *model {
	e = strip(e)
	at := spot{f, e.Span}
	a, name := l.qualified(here, e)
	switch {
	case a == nil && e.Kind == syntax.Word && len(e.Names) == 2:
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
	next := instead(name, known, fmt.Sprintf("declare model %q, or name another one", name))
	for _, label := range l.labels {
		if a == here && l.apps[label].models[name] != nil {
			next = fmt.Sprintf("write %s.%s, the model of app %q", label, name, label)
		}
	}
	l.missing(at, codeUnknownModel, summary, fmt.Sprintf("App %q has no model of this name.", a.label), next)
	return nil
}

// build makes the objects of an app.
func (l *loader) build(a *app) {
	l.buildTypes(a)
	for _, m := range a.order {
		l.buildModel(m)
	}
}

func (l *loader) buildModel(m *model) {
	u := &uses{}
	u.schema(m.schema)
	l.put(object{addr: m.addr, app: m.app, at: m.at, uses: u,
		attrs: kinds.Model{Comment: m.comment, Schema: m.schema, Table: m.table, Unmanaged: m.unmanaged}})
	b := &builder{l: l, model: m}
	b.primaryKey()
	for _, f := range m.fields {
		b.field(f)
		l.checkColumn(m, f)
	}
	for _, p := range m.parts {
		b.part(p)
	}
	b.options(m.options, m.addr, nil)
}

// A builder makes the objects of a model, in order.
type builder struct {
	l     *loader
	model *model
	rank  int
}

func (b *builder) nextRank() int {
	b.rank++
	return b.rank
}

// systemColumns are in every table.
var systemColumns = []string{"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"}

func (l *loader) checkColumn(m *model, f *field) {
	if f.column == "" {
		return
	}
	if other := m.otherWith(f); other != nil {
		l.report(f.at(), codeColumn, fmt.Sprintf("fields %q and %q of model %q have one column, %q", other.name, f.name, m.name, f.column),
			fmt.Sprintf("The other one is at %s. The column of a foreign key is its name with _id.", other.at().rangeOf()),
			`rename one of them, or give it another column with column = "..."`)
		return
	}
	if slices.Contains(systemColumns, f.column) {
		l.report(f.at(), codeColumn, fmt.Sprintf("column %q of model %q is one of PostgreSQL's own", f.column, m.name),
			"Every table has a system column of this name.", `rename the field, or write column = "..."`)
	}
	l.fits(f.at(), "column", f.column)
}

// otherWith returns another field with the column of f, or nil. Only fields whose
// column is not their name are looked at, for names are distinct.
func (m *model) otherWith(f *field) *field {
	if f.column == f.name {
		return nil
	}
	for _, other := range m.fields {
		if other != f && other.column == f.column && (other.column == other.name || other.rank < f.rank) {
			return other
		}
	}
	return nil
}
