package migration

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A trace is what a replay knows of one object: the operation that put it last,
// and what has happened since to what that names.
type trace struct {
	migration *Migration
	number    int // of the operation, from 1
	operation operation.Operation
	mentioned map[address.Address]bool
	unfit     string
}

// A tracer replays migrations and keeps a trace of every wanted object.
type tracer struct {
	builder *state.Builder
	traces  map[address.Address]*trace
	wanted  func(kind string) bool
}

func (t *tracer) migration(m *Migration) error {
	for i, op := range m.Operations {
		if err := t.operation(m, i, op); err != nil {
			return fmt.Errorf("replaying %s, operation %d (%s %s): %w", m.ID, i+1, op.Kind, op.Target, err)
		}
	}
	for _, op := range m.Operations {
		if made := t.traces[op.Target]; made != nil && defining(op) == 0 {
			made.unfit = fmt.Sprintf("%s did more to it in an operation of its own", m.ID)
		}
	}
	return nil
}

func (t *tracer) operation(m *Migration, i int, op operation.Operation) error {
	for _, edit := range op.Edits {
		there := edit.Put != nil && t.builder.Get(edit.Put.Address) != nil
		var move func(address.Address) address.Address
		if len(edit.Rename) > 0 {
			move = state.Mover(t.builder.Build(), edit.Rename)
		}
		if err := t.builder.Apply(edit); err != nil {
			return err
		}
		switch {
		case edit.Put != nil && t.wanted(edit.Put.Address.Kind()):
			t.traces[edit.Put.Address] = t.put(m, i, edit.Put, there)
		case !edit.Drop.IsZero():
			delete(t.traces, edit.Drop)
		case move != nil:
			t.move(move)
		}
	}
	t.touch(m, op)
	return nil
}

// defining returns how many edits of an operation define, drop or rename something.
func defining(op operation.Operation) int {
	count := 0
	for _, edit := range op.Edits {
		if edit.Read == nil {
			count++
		}
	}
	return count
}

func (t *tracer) put(m *Migration, i int, o *state.Object, there bool) *trace {
	op := m.Operations[i]
	made := &trace{migration: m, number: i + 1, operation: op, mentioned: Mentioned(t.builder, o)}
	switch {
	case there:
		made.unfit = fmt.Sprintf("%s altered it, and how to make it so at once is not written anywhere", m.ID)
	case defining(op) > 1:
		made.unfit = fmt.Sprintf("%s made it together with other objects", m.ID)
	case len(op.Touches) > 0:
		made.unfit = fmt.Sprintf("%s disturbed other objects to make it", m.ID)
	case op.Irreversible != "":
		made.unfit = fmt.Sprintf("%s, which made it, has no way back", m.ID)
	}
	return made
}

// touch marks what names an object whose name in the database an operation changes.
func (t *tracer) touch(m *Migration, op operation.Operation) {
	for _, touch := range op.Touches {
		if !touch.Aspects.Has(state.Name) {
			continue
		}
		for a, made := range t.traces {
			if made.mentioned[touch.Object] && a != op.Target && made.unfit == "" {
				made.unfit = fmt.Sprintf("%s, which made it, calls %s by a name that %s changed", made.migration.ID, touch.Object, m.ID)
			}
		}
	}
}

// move gives all objects the addresses that they have after a rename.
func (t *tracer) move(to func(address.Address) address.Address) {
	moved := make(map[address.Address]*trace, len(t.traces))
	for a, made := range t.traces {
		mentioned := make(map[address.Address]bool, len(made.mentioned))
		for other := range made.mentioned {
			mentioned[to(other)] = true
		}
		made.mentioned, made.operation = mentioned, Moved(made.operation, to)
		moved[to(a)] = made
	}
	t.traces = moved
}

// Moved returns an operation with the addresses that its objects have after a
// rename. Its edits are left out.
func Moved(op operation.Operation, to func(address.Address) address.Address) operation.Operation {
	op.Target, op.Edits = to(op.Target), nil
	needs, hazards := op.Needs, op.Hazard
	op.Needs, op.Hazard = nil, nil
	for _, need := range needs {
		need.Object = to(need.Object)
		op.Needs = append(op.Needs, need)
	}
	for _, hazard := range hazards {
		hazard.Object = to(hazard.Object)
		op.Hazard = append(op.Hazard, hazard)
	}
	return op
}
