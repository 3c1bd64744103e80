// Package express turns the objects of a state back into the tree that declares
// them: the way back from core/declare/resolve.
//
// Who prints objects calls it: inspection of a database, promotion of models that
// are data, squashed files. Printing the tree, reading and resolving it gives the
// same objects. What resolve fills in by itself is left out: implicit ids, derived
// names, the schema of the app, what others imply. What cannot be said is named and
// never passed over. The package opens nothing and knows no syntax.
package express

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Setting is what the objects are expressed for.
type Setting struct {
	// Apps are those of the project. What belongs to none of them is omitted.
	Apps []source.App
	// File is the project file, for the options in it that are for every model; nil
	// if there are none.
	File *declare.Document
	// Manifests are those of the detectors in use, which say how their kinds are
	// written.
	Manifests []*detect.Manifest
	// ByModel gives each model a document of its own. Without it an app has one.
	ByModel bool
}

// An Omission is an object, or a part of one, that no declaration makes.
type Omission struct {
	Object address.Address
	Why    string // for a person: "the name of its sequence is not the one that a model gives"
}

// Express returns documents that declare the objects of a state, and what is not
// declared by them. The names of documents are those of files in the folders of the
// apps' models; the last one, of no app, has what belongs into the project file, if
// there is any. Objects of kinds that nothing in the manifests writes are implied by
// others and are no omission.
func Express(s *state.State, in Setting) ([]*declare.Document, []Omission) {
	x := newExpresser(s, in)
	var documents []*declare.Document
	for _, app := range x.apps {
		documents = append(documents, x.documents(app)...)
	}
	if base := x.base(); base != nil {
		documents = append(documents, base)
	}
	x.rest()
	slices.SortStableFunc(x.omitted, func(a, b Omission) int { return address.Compare(a.Object, b.Object) })
	return documents, x.omitted
}

// An expresser is one expression of a state.
type expresser struct {
	state   *state.State
	in      Setting
	apps    []source.App // sorted by label
	catalog catalog
	shared  map[string][]*detect.Option // by app: those that a model has unless it says no
	said    map[address.Address]bool
	places  []address.Address // of what the numbers of spans stand for
	omitted []Omission
}

func newExpresser(s *state.State, in Setting) *expresser {
	x := &expresser{state: s, in: in, catalog: newCatalog(in.Manifests), said: map[address.Address]bool{}, places: make([]address.Address, 1)}
	for _, app := range in.Apps {
		if app.Schema == "" {
			app.Schema = "public"
		}
		x.apps = append(x.apps, app)
	}
	slices.SortFunc(x.apps, func(a, b source.App) int { return strings.Compare(a.Label, b.Label) })
	x.shared = x.catalog.sharedOptions(in.File, x.apps)
	return x
}

func (x *expresser) omit(object address.Address, why string) {
	x.omitted = append(x.omitted, Omission{Object: object, Why: why})
	x.said[object] = true
}

// place gives a block a place: the object that it declares.
func (x *expresser) place(b *declare.Block, object address.Address) {
	at := declare.Span{From: int32(len(x.places)), To: int32(len(x.places))}
	x.places = append(x.places, object)
	b.Span, b.Type.Span = at, at
	for i := range b.Labels {
		b.Labels[i].Span = at
	}
}

// locate returns the object that is declared at a place.
func (x *expresser) locate(at declare.Span) string {
	if at.From < 0 || int(at.From) >= len(x.places) {
		return ""
	}
	return x.places[at.From].String()
}

// rest omits what no document has said and nothing implies.
func (x *expresser) rest() {
	for o := range x.state.All() {
		if !x.said[o.Address] && x.catalog.written(o.Address.Kind()) {
			x.omit(o.Address, "nothing that a model file can say makes it")
		}
	}
}

// implied notes an object that is made by what others say, with all that is part
// of it.
func (x *expresser) implied(o *state.Object) {
	x.said[o.Address] = true
	for _, child := range x.state.Children(o.Address) {
		x.implied(child)
	}
}
