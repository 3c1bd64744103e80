package state

import (
	"encoding/json"
	"fmt"
)

// Aspects is a set of sides of an object that another one can depend on.
type Aspects uint8

// The aspects.
const (
	// Exists: the object is there. Every reference has it.
	Exists Aspects = 1 << iota
	// Name: the object's name in the database stands in the text of the other one.
	Name
	// Type: PostgreSQL refuses to change the type while the other one is there.
	Type
	// Definition: the other one is made again when the definition changes in a
	// way that its stored form would not survive.
	Definition
)

var aspectNames = []string{"exists", "name", "type", "definition"}

// Has reports whether a holds any aspect of b.
func (a Aspects) Has(b Aspects) bool { return a&b != 0 }

// Names returns the names of the aspects in the set, in a fixed order.
func (a Aspects) Names() []string {
	var names []string
	for i, name := range aspectNames {
		if a&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// ParseAspects returns the set with the given names.
func ParseAspects(names ...string) (Aspects, error) {
	var set Aspects
	for _, name := range names {
		bit, err := parseAspect(name)
		if err != nil {
			return 0, err
		}
		set |= bit
	}
	return set, nil
}

func parseAspect(name string) (Aspects, error) {
	for i, known := range aspectNames {
		if name == known {
			return 1 << i, nil
		}
	}
	return 0, fmt.Errorf("unknown aspect %q", name)
}

// MarshalJSON writes the names as a list.
func (a Aspects) MarshalJSON() ([]byte, error) { return json.Marshal(a.Names()) }

// UnmarshalJSON reads a list of names.
func (a *Aspects) UnmarshalJSON(data []byte) error {
	var names []string
	if err := json.Unmarshal(data, &names); err != nil {
		return err
	}
	set, err := ParseAspects(names...)
	*a = set
	return err
}
