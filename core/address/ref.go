package address

import (
	"encoding/json"
	"fmt"
)

// A Ref is an address inside the attributes of an object. Its JSON form,
// {"$ref":"field shop.pizza.name"}, sets it apart from text, so that a rename
// can rewrite it without knowing what the attributes mean.
type Ref struct{ Address }

// RefTo returns a Ref to a.
func RefTo(a Address) Ref { return Ref{a} }

// MarshalJSON writes {"$ref":"kind path"}.
func (r Ref) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{refKey: r.String()})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *Ref) UnmarshalJSON(data []byte) error {
	var form map[string]string
	if err := json.Unmarshal(data, &form); err != nil {
		return err
	}
	text, ok := form[refKey]
	if !ok || len(form) != 1 {
		return fmt.Errorf("reference %s: want {%q: address}", data, refKey)
	}
	return r.Address.UnmarshalText([]byte(text))
}

// refKey is the only key of a reference in JSON.
const refKey = "$ref"
