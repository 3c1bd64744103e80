package autodetector

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// pastName is the detector of operations that the history answers with.
const pastName = "history"

// past returns the operations that drop an object as it was made and, where it
// stays, make it again.
func past(c detect.Change, made migration.Origin) []operation.Operation {
	create, a := made.Operation, c.Address()
	noun := detect.Noun(a.Kind())
	as := fmt.Sprintf(" %s %s as %s made it", noun, a.Path(), made.Migration)
	create.Kind, create.Target, create.Detector = pastName+".create_"+noun, a, pastName
	create.Needs = softened(create.Needs)
	drop := create
	drop.Kind, drop.Summary = pastName+".drop_"+noun, "drop"+as
	drop.Edits = []state.Edit{state.Drop(a)}
	drop.Up, drop.Down = create.Down, create.Up
	drop.Frees, drop.Takes = create.Takes, create.Frees
	drop.Needs, drop.Hazard = operation.OppositeNeeds(create.Needs), turned(create.Hazard)
	if c.After == nil {
		return []operation.Operation{drop}
	}
	create.Summary, create.Edits = "create"+as, []state.Edit{state.Put(c.After)}
	return []operation.Operation{drop, create}
}

// softened returns needs that are no error any more where nobody provides them:
// that was so at another time.
func softened(needs []operation.Need) []operation.Need {
	list := slices.Clone(needs)
	for i := range list {
		list[i].Soft = true
	}
	return list
}

// turned returns hazards of the opposite direction.
func turned(hazards []operation.Hazard) []operation.Hazard {
	list := slices.Clone(hazards)
	for i := range list {
		list[i].Down = !list[i].Down
	}
	return list
}
