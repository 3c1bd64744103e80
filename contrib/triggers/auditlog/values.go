package auditlog

import (
	"encoding/json"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/state"
)

// recordValues are the values of a record.
type recordValues struct{ key, old, now Fields }

func readValues(r Record) (recordValues, error) {
	var v recordValues
	for _, part := range []struct {
		raw  json.RawMessage
		into *Fields
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

func pick(of Fields, columns []targetColumn) Fields {
	found := Fields{}
	for _, c := range columns {
		if value, ok := of[c.name]; ok {
			found[c.name] = value
		}
	}
	return found
}

// picked returns the values of some columns as an object, nil for none.
func picked(of Fields, columns []targetColumn) (json.RawMessage, error) {
	if len(columns) == 0 {
		return nil, nil
	}
	return state.Encode(pick(of, columns))
}
