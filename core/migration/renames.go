package migration

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Renamed replays a history and returns, by the addresses that objects have now, what
// each was called before its last rename. An object that was dropped since, whatever is
// at its address, is not among them. It returns an error if the history does not replay.
func Renamed(g *Graph) (map[address.Address]address.Address, error) {
	builder, last := state.NewBuilder(nil), map[address.Address]address.Address{}
	for _, m := range g.order {
		for i, op := range m.Operations {
			for _, edit := range op.Edits {
				last = renamedBy(builder, edit, last)
				if err := builder.Apply(edit); err != nil {
					return nil, fmt.Errorf("replaying %s, operation %d (%s %s): %w", m.ID, i+1, op.Kind, op.Target, err)
				}
			}
		}
	}
	return last, nil
}

// renamedBy returns what is known after an edit of the state that a builder has.
func renamedBy(builder *state.Builder, edit state.Edit, last map[address.Address]address.Address) map[address.Address]address.Address {
	delete(last, edit.Drop)
	if len(edit.Rename) == 0 {
		return last
	}
	move := state.Mover(builder.Build(), edit.Rename)
	moved := make(map[address.Address]address.Address, len(last)+len(edit.Rename))
	for now, was := range last {
		moved[move(now)] = was
	}
	for _, r := range edit.Rename {
		moved[r.To] = r.From
	}
	return moved
}
