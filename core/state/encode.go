package state

import (
	"bytes"
	"encoding/json"
)

// Encode writes attributes in the canonical form: JSON with sorted keys, no
// blanks, no escapes for HTML. Numbers keep their digits.
func Encode(attrs any) (json.RawMessage, error) {
	written, err := marshal(attrs)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(written))
	decoder.UseNumber()
	var sorted any
	if err := decoder.Decode(&sorted); err != nil {
		return nil, err
	}
	return marshal(sorted)
}

func marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
