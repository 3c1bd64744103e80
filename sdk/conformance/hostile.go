package conformance

import (
	"bytes"
	"encoding/json"
	"regexp"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What tables and columns are called besides their names.
const hostile = ` "a'b $$ %s \ é`

// renamed returns the stages with names of tables and columns that nothing but
// quoting survives. It is not possible where SQL of the user names a column.
func renamed(stages []stage) ([]stage, bool) {
	var hard []stage
	for i, s := range stages {
		if i == 0 || i == len(stages)-1 {
			hard = append(hard, s) // nothing has no names
			continue
		}
		var objects []*state.Object
		for o := range s.declared.State.All() {
			if writesSQL.Match(o.Attrs) && namesColumn(s.declared.State, o.Attrs) {
				return nil, false
			}
			objects = append(objects, renamedObject(o))
		}
		s.declared.State = state.New(objects...)
		s.name += " with other names"
		hard = append(hard, s)
	}
	return hard, true
}

var (
	writesSQL = regexp.MustCompile(`"kind":"sql"`)
	rawText   = regexp.MustCompile(`"kind":"sql"(?:,"path":\[[^]]*\])?,"text":("(?:[^"\\]|\\.)*")`)
)

// namesColumn reports whether raw SQL in attributes has the name of a column.
func namesColumn(s *state.State, attrs []byte) bool {
	for _, found := range rawText.FindAllSubmatch(attrs, -1) {
		for o := range s.All() {
			field, err := state.Decode[model.Field](o)
			if err == nil && o.Address.Kind() == model.FieldKind && field.Column != "" && bytes.Contains(found[1], []byte(field.Column)) {
				return true
			}
		}
	}
	return false
}

// renamedObject returns an object with a hostile name, if it is one with a name.
func renamedObject(o *state.Object) *state.Object {
	key := map[string]string{model.ModelKind: "table", model.FieldKind: "column"}[o.Address.Kind()]
	attrs := map[string]json.RawMessage{}
	if key == "" || json.Unmarshal(o.Attrs, &attrs) != nil || attrs[key] == nil {
		return o
	}
	var name string
	if json.Unmarshal(attrs[key], &name) != nil || len(name)+len(hostile) > model.MaxName {
		return o
	}
	attrs[key], _ = state.Encode(name + hostile) // text can always be encoded
	moved := *o
	moved.Attrs, _ = state.Encode(attrs)
	return &moved
}
