package auditlog

import (
	"encoding/json"
	"fmt"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
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
			found[c.name] = c.given(value)
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

// shown returns the values of an object as they are shown: what stands for a value
// whose JSON would be another is unwrapped.
func shown(object json.RawMessage) Fields {
	fields := FieldsOf(object)
	for name, value := range fields {
		text, wrapped := textOf(value)
		switch {
		case !wrapped:
		case json.Valid([]byte(text)):
			fields[name] = json.RawMessage(text)
		default:
			fields[name], _ = json.Marshal(text) // a string always has a form
		}
	}
	return fields
}

// textOf returns the text of a value that is recorded as such.
func textOf(value json.RawMessage) (string, bool) {
	fields := FieldsOf(value)
	raw, wrapped := fields[record.Text]
	var text string
	if !wrapped || len(fields) != 1 || json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	return text, true
}
