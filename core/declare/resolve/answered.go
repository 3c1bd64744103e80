package resolve

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// nowOf returns what an object of the migrations is in the models, as far as renames say
// it: those of the models, and those that somebody answers.
func (l *loader) nowOf(was address.Address) (now address.Address, renamed bool) {
	for _, r := range slices.Concat(l.renames, l.answered()) {
		if r.From == was {
			return r.To, true
		}
	}
	return was, false
}

// answered returns the renames that somebody answers, of what the migrations have.
func (l *loader) answered() []state.Rename {
	var all []state.Rename
	for _, answer := range l.tree.Answered {
		for o := range l.tree.Known.All() {
			path := o.Address.Path()
			_, below, _ := strings.Cut(path, ".")
			if answer[1] != "" && (path == answer[0] || below == answer[0]) {
				all = append(all, state.Rename{From: o.Address, To: renamedTo(o.Address, answer[1])})
			}
		}
	}
	return all
}

// renamedTo returns the address under the name that an answer gives.
func renamedTo(a address.Address, name string) address.Address {
	names := a.Names()
	names[len(names)-1] = name[strings.LastIndexByte(name, '.')+1:]
	return address.New(a.Kind(), names...)
}

// columnNow returns the column of a field that had the name of a column which is no longer
// there, or "".
func (l *loader) columnNow(w parser.Wrong) string {
	for o := range l.tree.Known.All() {
		if o.Address.Kind() != kinds.FieldKind || o.Parent != l.wasOf(w.Relation) {
			continue
		}
		f, err := state.Decode[kinds.Field](o)
		if err != nil || f.Column != w.Name {
			continue
		}
		now, renamed := l.nowOf(o.Address)
		if is := l.fieldAt(w.Relation.Child(kinds.FieldKind, now.Name())); renamed && is != nil {
			return is.column
		}
	}
	return ""
}

// wasOf returns what a model was in the migrations.
func (l *loader) wasOf(now address.Address) address.Address {
	for _, r := range slices.Concat(l.renames, l.answered()) {
		if r.To == now && l.tree.Known.Has(r.From) {
			return r.From
		}
	}
	return now
}
