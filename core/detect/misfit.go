package detect

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/state"
)

// Misfit returns what is wrong with attributes that migrations hold for a shape of
// today: an argument that it does not have, one that has to be there, or one whose value
// is of another type. Empty: nothing; bounds and patterns are for what is written now.
func (s Shape) Misfit(o *state.Object) string {
	held := members(o.Attrs)
	for _, name := range slices.Sorted(maps.Keys(held)) {
		i := slices.IndexFunc(s.Attrs, func(a Attr) bool { return a.Name == name })
		switch {
		case i < 0:
			return fmt.Sprintf("has the argument %q, which is none of it any more", name)
		case !s.Attrs[i].holds(held[name]):
			return fmt.Sprintf("has another type of %q than %s", name, s.Attrs[i].Type)
		}
	}
	for _, a := range s.Attrs {
		if _, there := held[a.Name]; a.Required && !a.Hint && !there {
			return fmt.Sprintf("lacks the argument %q, which has to be there", a.Name)
		}
	}
	return ""
}

// holds reports whether a value in attributes is of the JSON type of the argument.
func (a Attr) holds(value json.RawMessage) bool {
	want, known := jsonTypes[a.Type]
	if !known || len(value) == 0 {
		return true
	}
	if a.Type == TypeRefs && value[0] == '"' {
		return true // a call in the place of the list
	}
	switch first := value[0]; first {
	case '"', '{', '[':
		return want == string(first)
	case 't', 'f':
		return want == "true"
	}
	return want == "0"
}

// jsonTypes are what values begin with, by the type of their argument.
var jsonTypes = map[AttrType]string{
	TypeString: `"`, TypeDecimal: `"`, TypeKeyword: `"`, TypeBool: "true", TypeInt: "0",
	TypeStrings: "[", TypeFields: "[", TypeRefs: "[", TypeKeywords: "[", TypeArguments: "[", TypeBlocks: "[", TypeNames: "[",
	TypeField: "{", TypeModel: "{", TypeRef: "{", TypeExpression: "{", TypeQuery: "{", TypeBlock: "{", TypeType: "{", TypeSQL: "{", TypeMap: "{",
}
