package resolve

import (
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// imply adds the objects that others bring with them: schemas, and what the
// implications of manifests say. Those can bring others again.
func (l *loader) imply() {
	uses := map[*state.Object][]use{}
	var queue []*state.Object
	for _, i := range l.implying {
		uses[i.object] = i.uses
		queue = append(queue, i.object)
	}
	for _, o := range l.objects {
		if uses[o] == nil && len(l.catalog.byKind) > 0 && l.catalog.byKind[o.Address.Kind()] != nil {
			queue = append(queue, o)
		}
	}
	slices.SortFunc(queue, func(a, b *state.Object) int { return address.Compare(a.Address, b.Address) })
	for len(queue) > 0 {
		o := queue[0]
		queue = queue[1:]
		for _, u := range uses[o] {
			if u.kind == "schema" {
				queue = l.implied(queue, o, address.New(kinds.SchemaKind, u.name), "", state.Exists|state.Name)
				continue
			}
			for _, n := range l.catalog.impliedBy(u) {
				queue = l.implied(queue, o, address.New(n.Kind, n.Names...), n.Attrs, state.Exists)
			}
		}
		for _, n := range l.catalog.byKind[o.Address.Kind()] {
			queue = l.implied(queue, o, address.New(n.Kind, n.Names...), n.Attrs, state.Exists)
		}
	}
}

func (c *catalog) impliedBy(u use) []*detect.Implication {
	switch u.kind {
	case "call":
		return c.byCall[u.name]
	case "type":
		return c.byType[u.name]
	case "opclass":
		return c.byOpclass[u.name]
	case "method":
		return c.byMethod[u.name]
	}
	return nil
}

// implied adds an object if it is not there yet, with a reference to it, and
// returns the queue of objects that may imply others.
func (l *loader) implied(queue []*state.Object, by *state.Object, addr address.Address, attrs string, aspects state.Aspects) []*state.Object {
	if addr == by.Address {
		return queue
	}
	if _, there := l.index[addr]; !there {
		o := &state.Object{Address: addr, Attrs: json.RawMessage(or(attrs, "{}")), App: by.App}
		at, _ := l.at(by.Address)
		l.place(o, at)
		queue = append(queue, o)
	}
	u := uses{refs: by.Refs}
	u.ref(addr, aspects)
	by.Refs = u.sorted(by.Address, by.Parent)
	return queue
}
