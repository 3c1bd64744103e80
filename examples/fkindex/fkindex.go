// Package fkindex is an example of a plugin: a linter that wants an index for every
// foreign key.
package fkindex

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin.
func New() sdk.Detector {
	return sdk.Define("fkindex", "1.0.0", "Every foreign key has an index, or a delete of what it leads to reads the whole table.",
		sdk.Check("FK001", look, model.FieldKind, model.IndexKind, model.ConstraintKind))
}

func look(l *sdk.Look) {
	begun := map[address.Address]bool{} // fields that an index begins with
	for o := range l.All(model.IndexKind) {
		if index, err := sdk.Decode[model.Index](o); err == nil && len(index.Keys[0].Value.Path) == 1 {
			begun[index.Keys[0].Value.Path[0].Address] = true
		}
	}
	for o := range l.All(model.ConstraintKind) {
		c, err := sdk.Decode[model.Constraint](o)
		if unique := c.Type == model.PrimaryKey || c.Type == model.Unique; err == nil && unique {
			begun[c.Fields[0].Address] = true
		}
	}
	for o := range l.All(model.FieldKind) {
		field, err := sdk.Decode[model.Field](o)
		if err != nil || field.Relation == nil || field.Relation.Many || begun[o.Address] {
			continue
		}
		name := o.Address.Name()
		l.Warn(o, fmt.Sprintf("%s has no index", name), "Whoever deletes a row that it leads to reads this whole table.", "add an index").
			At("type").Append(l.State.Get(o.Parent), fmt.Sprintf("index \"by_%s\" { fields = [%s] }", name, name))
	}
}
