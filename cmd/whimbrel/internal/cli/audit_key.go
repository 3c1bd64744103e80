package cli

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// auditKeys returns the primary keys that a person can mean with 42, id=42 or
// order=3,line=2: numbers and text look the same there. The columns are those of
// the model's key. A JSON object is taken as it is.
func auditKeys(text string, columns []string) ([]json.RawMessage, error) {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &object) == nil && len(object) > 0 {
		return []json.RawMessage{json.RawMessage(text)}, nil
	}
	given, ok := keyValues(text, columns)
	if !ok {
		return nil, wrongKey(text, columns)
	}
	var keys []json.RawMessage
	for _, key := range spellings(given, columns) {
		encoded, err := state.Encode(key)
		if err != nil {
			return nil, err
		}
		keys = append(keys, encoded)
	}
	return keys, nil
}

// keyColumns returns the names in a primary key, sorted.
func keyColumns(key json.RawMessage) []string {
	var object map[string]json.RawMessage
	_ = json.Unmarshal(key, &object) // what is no object has no columns
	return slices.Sorted(maps.Keys(object))
}

// keyValues reads a key as a person writes it. A comma is part of a value unless
// a column and an equals sign follow.
func keyValues(text string, columns []string) (map[string]string, bool) {
	values := map[string]string{}
	if len(columns) == 1 {
		value, named := strings.CutPrefix(text, columns[0]+"=")
		if !named {
			value = text
		}
		values[columns[0]] = value
		return values, true
	}
	last := ""
	for _, piece := range strings.Split(text, ",") {
		i := slices.IndexFunc(columns, func(c string) bool { return strings.HasPrefix(strings.TrimLeft(piece, " "), c+"=") })
		switch {
		case i >= 0:
			last = columns[i]
			values[last] = strings.TrimPrefix(strings.TrimLeft(piece, " "), last+"=")
		case last == "":
			return nil, false
		default:
			values[last] += "," + piece
		}
	}
	return values, len(columns) > 0 && len(values) == len(columns)
}

// spellings returns the objects that values can stand for.
func spellings(values map[string]string, columns []string) []map[string]any {
	list := []map[string]any{{}}
	for _, c := range columns {
		forms := []any{values[c]}
		var plain any
		decoder := json.NewDecoder(strings.NewReader(values[c]))
		decoder.UseNumber()
		if decoder.Decode(&plain) == nil && !decoder.More() {
			switch plain.(type) {
			case json.Number, bool:
				forms = append(forms, plain)
			}
		}
		var longer []map[string]any
		for _, begun := range list {
			for _, form := range forms {
				next := maps.Clone(begun)
				next[c] = form
				longer = append(longer, next)
			}
		}
		list = longer
	}
	return list
}

func wrongKey(text string, columns []string) error {
	d := diag.Diagnostic{
		Code: "WH0151", Summary: "this is no primary key of the model: " + text,
		Detail: "The log has no row of the model that has a primary key.", Next: "see what is there: whimbrel audit log",
	}
	if len(columns) > 0 {
		d.Detail = "Its primary key has " + strings.Join(columns, ", ") + "."
		d.Next = "write " + strings.Join(columns, "=...,") + "=..."
	}
	return d
}

// keyText returns a primary key as a person writes it.
func keyText(key json.RawMessage) string {
	var object map[string]json.RawMessage
	if json.Unmarshal(key, &object) != nil {
		return string(key)
	}
	var parts []string
	for _, name := range keyColumns(key) {
		value := string(object[name])
		var text string
		if json.Unmarshal(object[name], &text) == nil {
			value = text
		}
		parts = append(parts, name+"="+value)
	}
	return shown(strings.Join(parts, ","))
}
