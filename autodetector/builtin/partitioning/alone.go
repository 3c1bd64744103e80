package partitioning

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A table is that of a partition, with those of the ones in it.
type table struct {
	Label  string  `json:"label"`
	Name   string  `json:"name"`
	Parts  []table `json:"partition"`
	Schema string  `json:"schema"`
}

// Table returns the schema and the name of the table that an index or a constraint is
// of: that of its model, or of the partition that alone has it.
func Table(at sdk.Moment, o *sdk.Object, alone *model.PartOf) (schema, name string) {
	if alone == nil {
		m := at.Model(o.Parent)
		return m.Schema, m.Table
	}
	t := sdk.AttrsOf[table](at.Work, at.Find(alone.Of.Address))
	for _, label := range alone.Inner {
		i := slices.IndexFunc(t.Parts, func(inner table) bool { return inner.Label == label })
		if i < 0 {
			break
		}
		inner := t.Parts[i]
		if inner.Name == "" {
			inner.Name = model.Name(t.Name, label)
		}
		inner.Schema = t.Schema
		t = inner
	}
	return t.Schema, t.Name
}

// SQLTable returns schema.table of that.
func SQLTable(at sdk.Moment, o *sdk.Object, alone *model.PartOf) string {
	return address.Qualify(Table(at, o, alone))
}
