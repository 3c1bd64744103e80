package migration

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Origin is the operation that made an object as it is now.
type Origin struct {
	// Migration is the ID of the migration that the operation is in.
	Migration string
	// Operation has its SQL both ways, and the addresses that its objects have now.
	Operation operation.Operation
	// Unfit is why running it once more would not make the object, or its way back
	// not drop it: a sentence without a full stop. Empty: they would.
	Unfit string
}

// Origins finds the operations that made objects. It is for one goroutine.
type Origins struct {
	graph  *Graph
	traces map[address.Address]*trace
}

// NewOrigins replays a history for the objects of some kinds. It returns an error
// if the history does not replay.
func NewOrigins(g *Graph, wanted func(kind string) bool) (*Origins, error) {
	t := &tracer{builder: state.NewBuilder(nil), traces: map[address.Address]*trace{}, wanted: wanted}
	for _, m := range g.order {
		if err := t.migration(m); err != nil {
			return nil, err
		}
	}
	return &Origins{graph: g, traces: t.traces}, nil
}

// Of returns what made the object at an address, with the SQL from its file. A
// file that is not as it was written is a diag.List as error.
func (l *Origins) Of(a address.Address) (Origin, error) {
	t := l.traces[a]
	if t == nil {
		return Origin{Unfit: "no migration made it"}, nil
	}
	made := Origin{Migration: t.migration.ID, Operation: t.operation, Unfit: t.unfit}
	if made.Unfit != "" {
		return made, nil
	}
	step, err := l.step(t)
	if err != nil {
		return Origin{}, err
	}
	sql := step.Operation()
	made.Operation.Up, made.Operation.Down = sql.Up, sql.Down
	made.Operation.Hazard = slices.Clone(made.Operation.Hazard) // the migration's
	for i := range made.Operation.Hazard {
		made.Operation.Hazard[i].Probe = step.Hazards[i].Probe
	}
	return made, nil
}

// step reads the step of a traced operation, whose SQL has to be what was hashed.
func (l *Origins) step(t *trace) (*Step, error) {
	i := slices.IndexFunc(l.graph.dirs, func(d *Dir) bool { return d.App == t.migration.App })
	d := l.graph.dirs[i]
	script, found, err := d.Script(t.migration.ID)
	if err != nil {
		return nil, fmt.Errorf("reading how %s was made: %w", t.operation.Target, err)
	}
	if !found.HasErrors() {
		found = compareSteps(script, t.migration)
	}
	if found.HasErrors() {
		return nil, InFolder(d.Folder, found)
	}
	step := script.Step(t.number)
	if step.Hashes() != t.migration.Hashes[t.number-1] {
		return nil, InFolder(d.Folder, diag.List{edited(script, *step, t.migration.Operations[t.number-1])})
	}
	return step, nil
}

// Mentioned returns the objects whose names in the database can stand in the SQL
// that makes an object: itself, what it is part of, what it refers to, and what
// that is part of.
func Mentioned(s objects, o *state.Object) map[address.Address]bool {
	found := map[address.Address]bool{}
	add := func(a address.Address) {
		for o := s.Get(a); o != nil && !found[o.Address]; o = s.Get(o.Parent) {
			found[o.Address] = true
		}
	}
	found[o.Address] = true
	add(o.Parent)
	for _, ref := range o.Refs {
		add(ref.Target)
	}
	return found
}

// objects are those of a state or of a builder.
type objects interface {
	Get(a address.Address) *state.Object
}
