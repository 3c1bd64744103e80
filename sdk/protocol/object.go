package protocol

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/state"
)

func toObject(o *state.Object) *Object {
	return &Object{
		Address: o.Address.String(), Parent: o.Parent.String(), Attrs: o.Attrs,
		Refs: toAll(o.Refs, toReference), Rank: int64(o.Rank), App: o.App,
		Version: int64(o.Version), Rendering: int64(o.Rendering),
	}
}

func readObject(r *reader, o *Object) *state.Object {
	object := &state.Object{
		Address: r.address("address", o.GetAddress()), Parent: r.address("parent", o.GetParent()), Attrs: readJSON(o.GetAttrs()),
		Refs: readAll(r, o.GetRefs(), readReference), Rank: int(o.GetRank()), App: o.GetApp(),
		Version: int(o.GetVersion()), Rendering: int(o.GetRendering()),
	}
	if object.Address.IsZero() {
		r.fail("an object without address")
	}
	return object
}

func toReference(ref state.Reference) *Reference {
	return &Reference{Target: ref.Target.String(), Aspects: toAspects(ref.Aspects)}
}

func readReference(r *reader, ref *Reference) state.Reference {
	return state.Reference{Target: r.address("target", ref.GetTarget()), Aspects: r.aspects(ref.GetAspects())}
}

// readJSON returns empty bytes as nil.
func readJSON(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	return data
}

// alike reports whether two objects would be the same on the wire.
func alike(a, b *state.Object) bool {
	return state.Same(a, b) && a.Rank == b.Rank && a.App == b.App && slices.Equal(a.Refs, b.Refs)
}
