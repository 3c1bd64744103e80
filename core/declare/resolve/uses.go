package resolve

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A uses is what an object is built on.
type uses struct {
	refs     []state.Reference
	implying []use
	readings []state.Reading
	former   []formerNode
}

// read notes what a text in SQL is built on.
func (u *uses) read(r state.Reading) {
	u.readings = append(u.readings, r)
	for _, ref := range r.Refs {
		u.ref(ref.Target, ref.Aspects)
	}
}

// A use is something that may bring another object into the state.
type use struct{ kind, name string }

func (u *uses) ref(target address.Address, aspects state.Aspects) {
	for i := range u.refs {
		if u.refs[i].Target == target {
			u.refs[i].Aspects |= aspects
			return
		}
	}
	u.refs = append(u.refs, state.Reference{Target: target, Aspects: aspects})
}

func (u *uses) call(name string)    { u.implying = append(u.implying, use{"call", name}) }
func (u *uses) typ(name string)     { u.implying = append(u.implying, use{"type", name}) }
func (u *uses) opclass(name string) { u.implying = append(u.implying, use{"opclass", name}) }
func (u *uses) method(name string)  { u.implying = append(u.implying, use{"method", name}) }

// ofType notes what a type is built on.
func (u *uses) ofType(t *typ, aspects state.Aspects) {
	if t == nil {
		return
	}
	if t.Of != nil {
		u.ref(t.Of.Address, aspects)
	}
	if t.extension != "" {
		u.typ(t.extension)
	}
}

// sorted returns the references by target, without those to the object itself
// and, as they follow from it, those to its parent that say no more than that.
func (u *uses) sorted(self, parent address.Address) []state.Reference {
	if len(u.refs) == 0 {
		return nil
	}
	refs := slices.DeleteFunc(u.refs, func(r state.Reference) bool {
		return r.Target == self || r.Target == parent && r.Aspects&^(state.Exists|state.Name) == 0
	})
	slices.SortFunc(refs, func(a, b state.Reference) int { return address.Compare(a.Target, b.Target) })
	if len(refs) == 0 {
		return nil
	}
	return refs
}

// schema notes the schema that an object stands in.
func (u *uses) schema(name string) {
	if name != publicSchema && name != "" {
		u.ref(address.New(kinds.SchemaKind, name), state.Exists|state.Name)
		u.implying = append(u.implying, use{"schema", name})
	}
}
