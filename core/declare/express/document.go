package express

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// documents returns the documents of an app: types first, then models, then what
// is made of them, each by name.
func (x *expresser) documents(app source.App) []*declare.Document {
	f := &folder{app: app, locate: x.locate}
	for _, o := range x.tops(app) {
		block := x.top(app, o)
		switch {
		case block == nil:
		case x.in.ByModel && o.Address.Kind() == kinds.ModelKind:
			f.document(o.Address.Name(), block)
		default:
			f.common(block)
		}
	}
	return f.list
}

// tops returns the objects of an app that stand by themselves.
func (x *expresser) tops(app source.App) []*state.Object {
	var list []*state.Object
	for o := range x.state.All() {
		if names := o.Address.Names(); !o.Parent.IsZero() || len(names) != 2 || names[0] != app.Label {
			continue
		}
		if kind := o.Address.Kind(); kind == kinds.ModelKind || x.catalog.option(kind, detect.OnApp) != nil {
			list = append(list, o)
		}
	}
	return x.ordered(list)
}

// ordered orders objects as their owners stand, then by name.
func (x *expresser) ordered(list []*state.Object) []*state.Object {
	slices.SortFunc(list, func(a, b *state.Object) int {
		return cmp.Or(x.catalog.compareKinds(a.Address.Kind(), b.Address.Kind()), cmp.Compare(a.Address.Name(), b.Address.Name()))
	})
	return list
}

// top returns the block of an object that stands by itself, or nil.
func (x *expresser) top(app source.App, o *state.Object) *declare.Block {
	if o.Address.Kind() == kinds.ModelKind {
		return x.model(app, o)
	}
	s := &scope{x: x, app: app, object: o.Address}
	return s.option(x.catalog.alone(o.Address.Kind()), o)
}

// A folder is where the documents of an app stand.
type folder struct {
	app    source.App
	list   []*declare.Document
	all    *declare.Document // for what has none of its own
	locate func(declare.Span) string
}

// common adds a block to the document that is the app's.
func (f *folder) common(b *declare.Block) {
	if f.all == nil {
		f.all = f.document(f.app.Label, b)
		return
	}
	f.all.Body.Blocks = append(f.all.Body.Blocks, b)
}

// document adds a document with a block.
func (f *folder) document(label string, b *declare.Block) *declare.Document {
	d := declare.NewUnwritten(f.free(fileName(label)), f.locate)
	d.App, d.Body.Blocks = f.app.Label, []*declare.Block{b}
	f.list = append(f.list, d)
	return d
}

// free returns the path of a file that no document has, in no spelling.
func (f *folder) free(name string) string {
	file := path.Join(f.app.Models, name+".hcl")
	for i := 2; f.taken(file); i++ {
		file = path.Join(f.app.Models, name+"_"+strconv.Itoa(i)+".hcl")
	}
	return file
}

func (f *folder) taken(file string) bool {
	return slices.ContainsFunc(f.list, func(d *declare.Document) bool { return strings.EqualFold(d.Name, file) })
}

// fileName returns a label with everything replaced that a file's name should not
// have.
func fileName(label string) string {
	return strings.Map(func(char rune) rune {
		if char == '-' || char == '_' || char >= '0' && char <= '9' || char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z' {
			return char
		}
		return '_'
	}, label)
}
