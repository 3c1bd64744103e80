package plugins

import (
	"maps"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// batchSize is about the size of a message from which on a pass is divided, in
// bytes.
const batchSize = 1 << 20

// divide returns the passes that a pass is asked in. A plugin that looks at models
// one by one is given what the changes need and no more, in passes of whole models.
// So the answer about a model, which is remembered, does not depend on others.
func divide(m *detect.Manifest, pass detect.Pass) []detect.Pass {
	if m.Locality != detect.PerModel {
		return []detect.Pass{pass}
	}
	cut := newCutter(m, pass)
	var passes []detect.Pass
	current := group{near: roots{}, far: roots{}}
	for _, next := range byModel(pass) {
		cut.survey(&next)
		if current.weight > 0 && current.weight+next.weight > batchSize {
			passes = append(passes, cut.pass(current))
			current = group{near: roots{}, far: roots{}}
		}
		current.join(next)
	}
	return append(passes, cut.pass(current))
}

// A group is what a pass is about: changes and operations of one or more models.
type group struct {
	changes  []detect.Change
	observed []operation.Operation

	near, far roots // the models that it is about, and those that these refer to
	weight    int
}

func (g *group) join(other group) {
	g.changes = append(g.changes, other.changes...)
	g.observed = append(g.observed, other.observed...)
	maps.Copy(g.near, other.near)
	maps.Copy(g.far, other.far)
	g.weight += other.weight
}

// byModel groups changes and observed operations by the app and model in their
// address. They are ordered by address, but a group need not be in one piece.
func byModel(pass detect.Pass) []group {
	place := map[string]int{}
	var groups []group
	at := func(a address.Address) *group {
		key := modelOf(a)
		i, known := place[key]
		if !known {
			i = len(groups)
			place[key] = i
			groups = append(groups, group{})
		}
		return &groups[i]
	}
	for _, change := range pass.Changes {
		g := at(change.Address())
		g.changes = append(g.changes, change)
	}
	for _, op := range pass.Observed {
		g := at(op.Target)
		g.observed = append(g.observed, op)
	}
	return groups
}

func modelOf(a address.Address) string {
	names := a.Names()
	return address.New("", names[:min(2, len(names))]...).Path()
}

// weight is about how many bytes an object takes in a message.
func weight(o *state.Object) int {
	size := len(o.Address.Path()) + len(o.Parent.Path()) + len(o.Attrs) + 40
	for _, ref := range o.Refs {
		size += len(ref.Target.Path()) + 20
	}
	return size
}
