package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// renamedTop notes the renamed_from of a model, enum or domain: NAME, "NAME" or
// APP.NAME. The app may be one that is no more.
func (l *loader) renamedTop(d topBlock, to address.Address, a *declare.Attr) {
	e := strip(a.Value)
	from := address.Address{}
	switch {
	case e.Kind == declare.String && e.Text != "":
		from = d.app.address(to.Kind(), e.Text)
	case e.Kind == declare.Word && len(e.Names) == 1:
		from = d.app.address(to.Kind(), e.Names[0].Text)
	case e.Kind == declare.Word && len(e.Names) == 2 && d.app.label != "":
		from = address.New(to.Kind(), e.Names[0].Text, e.Names[1].Text)
	default:
		l.badValue(d.file, a, "the old name", "OLD_NAME")
		return
	}
	l.renamed(declare.Place{Document: d.file, Span: a.Value.Span}, from, to)
}

// renamed notes a rename. The old name may be in use again: then the objects
// change places, or the new one has the name of one that went. A rename of
// something to itself says nothing.
func (l *loader) renamed(at declare.Place, from, to address.Address) {
	if from == to {
		l.report(at, codeConflict, fmt.Sprintf("%s is renamed from itself", detect.Called(to)), "", "write the old name, or take renamed_from out")
		return
	}
	l.renames = append(l.renames, state.Rename{From: from, To: to})
}

// renamedField notes the renamed_from of a field. If the model is renamed too,
// the field may have had its old name under the model's old name or, where the
// model was renamed earlier, under the new one: both are noted, and what is not
// in the old state means nothing.
func (l *loader) renamedField(f *field) {
	a := f.attrs.renamedFrom
	if a == nil {
		return
	}
	e := strip(a.Value)
	name := word(e)
	if e.Kind == declare.String {
		name = e.Text
	}
	if name == "" {
		l.badValue(f.file, a, "the old name of the field", "OLD_NAME")
		return
	}
	if f.mixin != "" && f.model.byName[name] != nil {
		return // not each of the models that include the mixin has had the old name from it
	}
	l.renamed(declare.Place{Document: f.file, Span: a.Value.Span}, f.model.addr.Child(kinds.FieldKind, name), f.addr)
	for _, r := range l.renames {
		if r.To == f.model.addr {
			l.renames = append(l.renames, state.Rename{From: r.From.Child(kinds.FieldKind, name), To: f.addr})
		}
	}
}
