package grant

import (
	"encoding/json"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
)

// defaultsWord is the call that means what comes later.
const defaultsWord = "defaults"

// laterKinds are those besides models of what comes later.
var laterKinds = []string{viewKind, storedKind, sequenceKind, functionKind, procedureKind}

// A target is what rights are on: objects, or what comes later of a kind.
type target struct {
	Refs     []address.Ref
	Defaults string // TABLES, SEQUENCES or FUNCTIONS; what PostgreSQL has no default rights of is "-"
}

// later are the words of defaults, with those of SQL.
var later = map[string]string{"models": "TABLES", "sequences": "SEQUENCES", "functions": "FUNCTIONS"}

// IsZero reports whether it is nothing.
func (t target) IsZero() bool { return len(t.Refs) == 0 && t.Defaults == "" }

// MarshalJSON writes the list of objects, or the call.
func (t target) MarshalJSON() ([]byte, error) {
	for word, defaults := range later {
		if t.Defaults == defaults {
			return json.Marshal(defaultsWord + "(" + word + ")")
		}
	}
	return json.Marshal(t.Refs)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *target) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) != nil {
		return json.Unmarshal(data, &t.Refs)
	}
	word := strings.TrimSuffix(strings.TrimPrefix(text, defaultsWord+"("), ")")
	t.Defaults = later[word]
	if t.Defaults == "" {
		t.Defaults = noDefaults
	}
	return nil
}

// noDefaults stands for what PostgreSQL has no default rights of.
const noDefaults = "-"

// A class is a sort of objects as GRANT tells them apart, with the rights on them.
type class struct {
	word    string
	rights  []string
	columns []string // the rights on columns
}

// The classes.
var (
	tables     = class{"TABLE", []string{"select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain"}, []string{"select", "insert", "update", "references"}}
	sequences  = class{"SEQUENCE", []string{"select", "update", "usage"}, nil}
	functions  = class{"FUNCTION", []string{"execute"}, nil}
	procedures = class{"PROCEDURE", []string{"execute"}, nil}
	schemas    = class{"SCHEMA", []string{"usage", "create"}, nil}
)

// classOf returns the class of what a kind of objects is.
func classOf(kind string) class {
	switch kind {
	case model.ModelKind, viewKind, storedKind:
		return tables
	case sequenceKind:
		return sequences
	case functionKind:
		return functions
	case procedureKind:
		return procedures
	}
	return schemas
}

// classOfLater returns the class of what comes later.
func classOfLater(defaults string) class {
	switch defaults {
	case "SEQUENCES":
		return sequences
	case "FUNCTIONS":
		return functions
	}
	return tables
}
