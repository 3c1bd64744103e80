package postgres

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/state"
)

type values = map[string]json.RawMessage

// recorded are the values of a record.
type recorded struct{ key, old, now values }

func readValues(r AuditRecord) (recorded, error) {
	var v recorded
	for _, part := range []struct {
		raw  json.RawMessage
		into *values
	}{{r.Row, &v.key}, {r.Old, &v.old}, {r.New, &v.now}} {
		if part.raw == nil {
			continue
		}
		if err := json.Unmarshal(part.raw, part.into); err != nil {
			return v, fmt.Errorf("reading record %d of the audit log: %w", r.ID, err)
		}
	}
	return v, nil
}

// columns returns the columns of a table that values are for. Those that are not
// there any more, or whose values do not come back from JSON, are refusals.
func (u *undoing) columns(record AuditRecord, t *restored, of values) ([]restoredColumn, bool) {
	var found []restoredColumn
	for _, name := range slices.Sorted(maps.Keys(of)) {
		c, ok := t.recorded(name, record)
		switch {
		case !ok:
			u.refuse(record, "the table has no column %s any more", name)
			return nil, false
		case c.opaque:
			u.refuse(record, "values of type %s, as in column %s, are not recorded in a form that can be read back", c.typ, name)
			return nil, false
		}
		found = append(found, c)
	}
	return found, true
}

// known returns the columns of values that a table still has, and that show.
func known(record AuditRecord, t *restored, of values) []restoredColumn {
	var found []restoredColumn
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if c, ok := t.recorded(name, record); ok && !c.opaque && !masked(of[name]) {
			found = append(found, c)
		}
	}
	return found
}

// masked reports whether a value is what an audit trigger writes for one that it
// hides.
func masked(value json.RawMessage) bool { return bytes.Equal(value, []byte(`"[masked]"`)) }

// shown refuses values that are hidden.
func (u *undoing) shown(record AuditRecord, of values) bool {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if masked(of[name]) {
			u.refuse(record, "column %s is masked, its value is not recorded", name)
			return false
		}
	}
	return true
}

// whole refuses a row of which a column is not recorded.
func (u *undoing) whole(record AuditRecord, t *restored, of values) bool {
	var missing []string
	for _, c := range t.columns {
		if _, ok := of[c.name]; !ok && !c.generated {
			missing = append(missing, c.name)
		}
	}
	if len(missing) > 0 {
		u.refuse(record, "the record has no %s: not recorded, or added since", strings.Join(missing, ", "))
	}
	return len(missing) == 0
}

func pick(of values, columns []restoredColumn) values {
	found := values{}
	for _, c := range columns {
		if value, ok := of[c.name]; ok {
			found[c.name] = value
		}
	}
	return found
}

// picked returns the values of some columns as an object, nil for none.
func picked(of values, columns []restoredColumn) (json.RawMessage, error) {
	if len(columns) == 0 {
		return nil, nil
	}
	return state.Encode(pick(of, columns))
}
