package autodetector

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// reviewReads warns of SQL that reads, in a way that only its author knows, what gets another
// name in the database: nobody writes that name anew in it.
func (r *run) reviewReads(context.Context) error {
	named := r.renames()
	if len(named) == 0 {
		return nil
	}
	seen := map[string]bool{} // a kind can have several options: a trigger on a view is a block of its own
	for _, m := range detect.ManifestsOf(r.owners.detectors...) {
		for _, option := range m.Options {
			i := slices.IndexFunc(option.Shape.Attrs, func(a detect.Attr) bool { return slices.Contains(a.Kinds, detect.AnyKind) })
			if i >= 0 && !seen[option.Kind] {
				seen[option.Kind] = true
				r.readBy(option, option.Shape.Attrs[i], named)
			}
		}
	}
	return nil
}

// renames returns what has another name after the plan, or may have: it is touched by name,
// and not just made again under the name that it had.
func (r *run) renames() map[address.Address]bool {
	named, gone := map[address.Address]bool{}, map[address.Address]bool{}
	for _, op := range r.operations {
		for _, edit := range op.Edits {
			gone[edit.Drop] = true
		}
		for _, touch := range op.Touches {
			if touch.Aspects.Has(state.Name) {
				named[touch.Object] = true
			}
		}
	}
	maps.DeleteFunc(named, func(a address.Address, _ bool) bool { return gone[a] && r.keepsName(a) })
	return named
}

// keepsName reports whether what is made again is called what it was called: by its label and
// by the attributes that name it.
func (r *run) keepsName(a address.Address) bool {
	was, is := r.from.Get(a), r.to.Get(a)
	if original, renamed := r.was[a]; was == nil || is == nil || renamed && original != a {
		return false
	}
	naming := r.owners.kinds[a.Kind()].Naming
	before, after := attributes(was), attributes(is)
	return !slices.ContainsFunc(naming, func(name string) bool { return !bytes.Equal(before[name], after[name]) })
}

// readBy warns of the objects of an option whose argument a lists what has another name, and
// whose texts are what they were.
func (r *run) readBy(option detect.Option, a detect.Attr, named map[address.Address]bool) {
	for o := range r.to.All() {
		was := r.from.Get(o.Address)
		if o.Address.Kind() != option.Kind || was == nil || !sameTexts(option.Shape, was, o) {
			continue
		}
		told := map[address.Address]bool{}
		for _, ref := range listed(o, a.Name) {
			read := ref.Address
			if is := r.to.Get(read); is != nil && !named[read] {
				read = is.Parent
			}
			if named[read] && !told[read] {
				told[read] = true
				r.diagnostics = append(r.diagnostics, r.unfollowed(o, read))
			}
		}
	}
}

func (r *run) unfollowed(o *state.Object, read address.Address) diag.Diagnostic {
	return diag.Diagnostic{
		Severity: diag.Warning, Code: "WH2230", Range: r.in.Declaration.Places[o.Address], Address: o.Address.String(),
		Summary: fmt.Sprintf("the SQL of %s is not followed, and %s has another name", detect.Called(o.Address), detect.Called(read)),
		Detail:  "It says that it reads it, and not where: the name stands in text that is made when it runs, or that nobody here can read.",
		Next:    "write the new name in its SQL",
	}
}

// sameTexts reports whether the texts in SQL of two objects are the same.
func sameTexts(shape detect.Shape, a, b *state.Object) bool {
	was, is := attributes(a), attributes(b)
	return !slices.ContainsFunc(shape.Attrs, func(attr detect.Attr) bool {
		return attr.Type == detect.TypeSQL && !bytes.Equal(was[attr.Name], is[attr.Name])
	})
}

// listed returns the references of a list among attributes.
func listed(o *state.Object, name string) []address.Ref {
	var refs []address.Ref
	if list := attributes(o)[name]; list != nil {
		_ = json.Unmarshal(list, &refs) // all(models) is none
	}
	return refs
}

// attributes returns the attributes of an object, each as it is written.
func attributes(o *state.Object) map[string]json.RawMessage {
	attrs, _ := state.Decode[map[string]json.RawMessage](o) // what a state has is an object
	return attrs
}
