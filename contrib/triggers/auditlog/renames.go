package auditlog

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A renaming is a moment at which columns of a model got other names. Records of the
// log from before it have the former ones.
type renaming struct {
	id       int64 // of the last such record
	at       time.Time
	was, now string             // the model
	columns  map[string]*string // nil: there is none any more
}

// readRenames returns all renamings, the oldest first.
func readRenames(ctx context.Context, tx pgx.Tx) ([]renaming, error) {
	there := false
	err := tx.QueryRow(ctx, "SELECT pg_catalog.to_regclass($1::text) IS NOT NULL", record.Renames).Scan(&there)
	if err != nil || !there {
		return nil, err
	}
	rows, err := tx.Query(ctx, "SELECT r."+record.RenamedID+", r."+record.RenamedAt+", r."+record.FormerModel+", r."+record.RenamedModel+", r."+
		record.FormerColumn+", r."+record.RenamedTo+" FROM "+record.Renames+" AS r ORDER BY r."+record.RenamedAt+", r."+record.FormerModel)
	if err != nil {
		return nil, err
	}
	var found []renaming
	var next renaming
	var column, to *string
	_, err = pgx.ForEachRow(rows, []any{&next.id, &next.at, &next.was, &next.now, &column, &to}, func() error {
		if last := len(found) - 1; last < 0 || !found[last].at.Equal(next.at) || found[last].was != next.was {
			next.columns = map[string]*string{}
			found = append(found, next)
		}
		if column != nil {
			found[len(found)-1].columns[*column] = to
		}
		return nil
	})
	return found, err
}

// A past is what the columns of a model were called, the oldest first.
type past []renaming

// pastOf returns the past of a model by the names that it had. It is followed back from
// the last of them.
func pastOf(all []renaming, names []Name) past {
	var found past
	if len(names) == 0 {
		return nil
	}
	now, last := names[len(names)-1].Name, time.Time{}
	for _, r := range slices.Backward(all) {
		if r.at.Equal(last) || r.now != now && !slices.ContainsFunc(names, func(n Name) bool { return n.Name == r.now && n.at(r.at) }) {
			continue
		}
		found, now, last = append(found, r), r.was, r.at
	}
	slices.Reverse(found)
	return found
}

// An epoch is a time in which columns had the same names.
type epoch struct {
	after, until *renaming         // nil: none
	then         map[string]string // the names that they had, by those of now
}

// epochs returns the times in which the columns of a key had different names, the
// newest first.
func (p past) epochs(key Key) []epoch {
	columns := columnsOf(key)
	list := []epoch{{then: map[string]string{}}}
	for _, c := range columns {
		list[0].then[c] = c
	}
	for i := range slices.Backward(p) {
		last := &list[len(list)-1]
		then, other := p[i].before(last.then)
		if !other {
			continue
		}
		last.after = &p[i]
		list = append(list, epoch{until: &p[i], then: then})
	}
	return list
}

// before returns the names of columns before a renaming, and whether some differ.
func (r renaming) before(names map[string]string) (map[string]string, bool) {
	then, other := map[string]string{}, false
	for now, name := range names {
		then[now] = name
		for was, is := range r.columns {
			if is != nil && *is == name {
				then[now], other = was, true
			}
		}
	}
	return then, other
}

// of returns a key as records of the time have it.
func (e epoch) of(key Key) Key { return renamed(key, e.then) }

// span returns the condition that a record is of the time, with an AND behind it.
func (e epoch) span(c *conditions) string {
	text := ""
	if e.after != nil {
		text += "l." + record.ID + " > " + c.arg(e.after.id) + "::bigint AND "
	}
	if e.until != nil {
		text += "l." + record.ID + " <= " + c.arg(e.until.id) + "::bigint AND "
	}
	return text
}

// renamed returns an object with other names; what it is not has them all the same.
func renamed(object json.RawMessage, names map[string]string) json.RawMessage {
	fields := FieldsOf(object)
	if fields == nil {
		return object
	}
	other := Fields{}
	for name, value := range fields {
		if to, known := names[name]; known {
			name = to
		}
		other[name] = value
	}
	encoded, err := state.Encode(other)
	if err != nil {
		return object // values that were read can be written
	}
	return encoded
}

// goner is put behind the name of a column that is not there any more.
const goner = " (gone)"

// present returns a record of the log with the names that its columns have now. One
// that is not there any more gets a name that none has.
func (p past) present(r Record) Record {
	names := map[string]string{}
	for _, part := range []json.RawMessage{r.Row, r.Old, r.New} {
		for name := range FieldsOf(part) {
			names[name] = name
		}
	}
	changed := false
	for _, renaming := range p {
		if r.ID > renaming.id {
			continue
		}
		for name, was := range names {
			if to, known := renaming.columns[was]; known {
				names[name], changed = was+goner, true
				if to != nil {
					names[name] = *to
				}
			}
		}
	}
	if changed && r.History == "" {
		r.Row, r.Old, r.New = renamed(r.Row, names), renamed(r.Old, names), renamed(r.New, names)
	}
	return r
}
