package sql

import (
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// A Block is a block that declares an object.
type Block struct {
	file  *file
	app   source.App
	block *declare.Block
	span  declare.Span
	name  ddl.Name // in the database
	// Arguments are the types of a function's, as they tell it from others of its name.
	Arguments []string
}

// A blockKey says what is looked for by its name in the database: of a table's parts,
// the schema is that of the table and the table stands before the name.
type blockKey struct{ class, schema, name string }

// TypeClass is the class of names of types, which no two kinds share.
const TypeClass = "type"

// Block makes a block at the top of a file for what a statement makes. Word is what
// it begins with, class what SQL calls such an object: "view", "materialized view".
// Its label is the name, or one near it if that is taken.
func (w *Work) Block(s Statement, word, class string, name ddl.Name, at ddl.Span) *Block {
	return w.labelled(s, word, class, name, at, "")
}

// labelled makes a block whose label is the name or, where that is taken, second, unless it
// is empty.
func (w *Work) labelled(s Statement, word, class string, name ddl.Name, at ddl.Span, second string) *Block {
	name = w.Made(s, name)
	app := w.app(s.file, name.Schema)
	s.belongs(app)
	labels := word
	if class == TypeClass {
		labels = class
	}
	b := newBlock(s.file, app, word, w.free(app.Label, labels, name, second), at)
	b.name = name
	if b.Label() != name.Name {
		b.Set("name", Text(name.Name))
	}
	if name.Schema != app.Schema {
		b.Set("schema", Text(name.Schema))
	}
	w.tops = append(w.tops, b)
	w.register(blockKey{class, name.Schema, name.Name}, b)
	return b
}

func (w *Work) register(key blockKey, b *Block) { w.blocks[key] = append(w.blocks[key], b) }

func newBlock(f *file, app source.App, word, label string, at ddl.Span) *Block {
	span := declare.Span{From: int32(at.From), To: int32(at.To)}
	b := &declare.Block{Type: declare.Name{Text: word, Span: span}, Body: &declare.Body{}, Span: span}
	if label != "" {
		b.Labels = []declare.Name{{Text: label, Span: span}}
	}
	return &Block{file: f, app: app, block: b, span: span}
}

// Bare makes a block for what is in no schema, such as an event trigger.
func (w *Work) Bare(s Statement, word, class, name string, at ddl.Span) *Block {
	app := w.appOf(s.file)
	b := newBlock(s.file, app, word, w.free(app.Label, word, ddl.Name{Name: name}, ""), at)
	if b.Label() != name {
		b.Set("name", Text(name))
	}
	w.tops = append(w.tops, b)
	w.register(blockKey{class: class, name: name}, b)
	return b
}

// Find returns the block of what is named, or nil.
func (w *Work) Find(s Statement, class string, name ddl.Name) *Block {
	if all := w.FindAll(s, class, name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// FindAll returns the blocks of what is named: there can be several functions.
func (w *Work) FindAll(s Statement, class string, name ddl.Name) []*Block {
	for _, n := range w.candidates(s.file, name) {
		if found := w.blocks[blockKey{class, n.Schema, n.Name}]; len(found) > 0 {
			return found
		}
	}
	return nil
}

// FindBare returns the block of what is in no schema, or nil.
func (w *Work) FindBare(class, name string) *Block {
	if found := w.blocks[blockKey{class: class, name: name}]; len(found) > 0 {
		return found[0]
	}
	return nil
}

// Label returns the label of a block.
func (b *Block) Label() string {
	if len(b.block.Labels) == 0 {
		return ""
	}
	return b.block.Labels[0].Text
}

// Set adds an argument to a block, unless there is no value. One that is there already
// has the new value from then on.
func (b *Block) Set(argument string, value *declare.Expr) {
	if value == nil {
		return
	}
	settle(value, b.span)
	for _, a := range b.block.Body.Attrs {
		if a.Name.Text == argument {
			a.Value = value
			return
		}
	}
	b.block.Body.Attrs = append(b.block.Body.Attrs, &declare.Attr{Name: declare.Name{Text: argument, Span: b.span}, Value: value, Span: b.span})
}

// Unset takes an argument out.
func (b *Block) Unset(argument string) {
	b.block.Body.Attrs = slices.DeleteFunc(b.block.Body.Attrs, func(a *declare.Attr) bool { return a.Name.Text == argument })
}

// SetText adds an argument with a string, unless it is empty.
func (b *Block) SetText(argument, text string) {
	if text != "" {
		b.Set(argument, Text(text))
	}
}

// SetWord adds an argument with a keyword, unless it is empty.
func (b *Block) SetWord(argument, keyword string) {
	if keyword != "" {
		b.Set(argument, Word(keyword))
	}
}

// SetTrue adds a flag, unless it is false.
func (b *Block) SetTrue(argument string, on bool) {
	if on {
		b.Set(argument, Bool(true))
	}
}

// Inner makes a block in a block.
func (b *Block) Inner(word, label string, at ddl.Span) *Block {
	inner := newBlock(b.file, b.app, word, label, at)
	b.block.Body.Blocks = append(b.block.Body.Blocks, inner.block)
	return inner
}

// settle gives an expression a place, unless it has one.
func settle(e *declare.Expr, at declare.Span) {
	if e.Span == (declare.Span{}) {
		e.Span = at
	}
	for i := range e.Names {
		if e.Names[i].Span == (declare.Span{}) {
			e.Names[i].Span = e.Span
		}
	}
	for _, arg := range append(slices.Clone(e.Args), e.Keys...) {
		settle(arg, e.Span)
	}
}

func numbered(name string, i int) string { return name + "_" + strconv.Itoa(i) }

// Name returns the name of the object in the database.
func (b *Block) Name() ddl.Name { return b.name }

// Relabel gives a block another label, and takes the argument out that says a name.
func (b *Block) Relabel(label string) {
	b.block.Labels[0].Text = label
	b.Unset("name")
}

// Register notes a block under a name by which statements find it.
func (w *Work) Register(class string, name ddl.Name, b *Block) {
	w.register(blockKey{class, name.Schema, name.Name}, b)
}

// Append adds an element to an argument that is a list.
func (b *Block) Append(argument string, element *declare.Expr) {
	for _, a := range b.block.Body.Attrs {
		if a.Name.Text == argument {
			settle(element, b.span)
			a.Value.Args = append(a.Value.Args, element)
			return
		}
	}
	b.Set(argument, List(element))
}

// Insert adds a string to an argument that is a list of strings: before or behind
// another one, or as the last. It reports whether there is such a list; a string that
// is there already stays where it is.
func (b *Block) Insert(argument, text, beside string, behind bool) bool {
	for _, a := range b.block.Body.Attrs {
		if a.Name.Text != argument {
			continue
		}
		index := func(text string) int {
			return slices.IndexFunc(a.Value.Args, func(e *declare.Expr) bool { return e.Text == text })
		}
		if index(text) >= 0 {
			return true
		}
		at := len(a.Value.Args)
		if beside != "" {
			if at = index(beside); at < 0 {
				return false
			}
			if behind {
				at++
			}
		}
		element := Text(text)
		settle(element, b.span)
		a.Value.Args = slices.Insert(a.Value.Args, at, element)
		return true
	}
	return false
}
