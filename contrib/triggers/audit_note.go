package triggers

import (
	"slices"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

func (a *audit) note() record.Note {
	n := record.Note{
		Model: a.model, Schema: a.Schema, Table: a.Table, Storage: record.InLog, History: a.history, Key: []string{},
		Columns: map[string]string{}, Excluded: []string{}, Masked: []string{},
		Context: a.Context, Actor: a.Actor, New: a.New, Truncate: a.Truncate,
	}
	if a.history != "" {
		n.Storage = record.InHistory
	}
	for _, c := range a.key {
		n.Key = append(n.Key, c.name)
	}
	for _, c := range a.recorded {
		n.Columns[c.name] = c.name
		if a.history != "" {
			n.Columns[c.name] = c.inHistory()
		}
		if c.masked {
			n.Masked = append(n.Masked, c.name)
		}
	}
	slices.Sort(n.Masked)
	for _, c := range a.columns {
		if _, recorded := n.Columns[c.name]; !recorded {
			n.Excluded = append(n.Excluded, c.name)
		}
	}
	return n
}

// notes returns the statements that write the note. Columns and tables that are
// renamed have their triggers made again, and so the note.
func (a *audit) notes() []string {
	text := " IS " + address.Literal(a.note().String())
	list := []string{"COMMENT ON FUNCTION " + address.Qualify(record.Schema, a.name) + "()" + text}
	if a.history != "" {
		list = append(list, "COMMENT ON TABLE "+a.historySQL()+text)
	}
	return list
}
