package conformance

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A naming turns the name of a table, a column or a block into one that nothing but quoting
// survives. Different names stay different.
type naming struct {
	what string
	name func(string) string
}

// namings are what is tried: signs, words of SQL, and names as long as can be.
var namings = []naming{
	{"other names", func(name string) string { return name + ` "a'b $$ %s \ é` }},
	{"names of SQL", func(name string) string {
		return map[string]string{"id": "user", "title": "select", "name": "order", "owner": "table"}[name] + upper(name)
	}},
	{"long names", func(name string) string { return name + " " + strings.Repeat("é", (model.MaxName-len(name)-1)/2) }},
}

// upper returns a name that is not folded to lower case, empty for those that are
// words already.
func upper(name string) string {
	if name == "id" || name == "title" || name == "name" || name == "owner" {
		return ""
	}
	return strings.ToUpper(name)
}

// renamed returns the stages with other names of tables, columns and the detector's
// own blocks. It is not possible where an expression in SQL names a column.
func (t *trial) renamed(stages []stage, n naming) ([]stage, bool) {
	var hard []stage
	for i, s := range stages {
		if i == 0 || i == len(stages)-1 {
			hard = append(hard, s) // nothing has no names
			continue
		}
		var objects []*state.Object
		labels, kept := map[address.Address]string{}, wordsOfSQL(s.declared.State)
		for o := range s.declared.State.All() {
			if writesSQL().Match(o.Attrs) && namesColumn(s.declared.State, o.Attrs) {
				return nil, false
			}
			if label := o.Address.Name(); t.isBlock(o) && fits(label, n) {
				labels[o.Address] = n.name(label)
			}
			objects = append(objects, t.renamedObject(o, n, kept))
		}
		s.declared.State = state.New(objects...)
		s = relabelled(s, labels)
		s.name += " with " + n.what
		hard = append(hard, s)
	}
	return hard, true
}

var (
	writesSQL = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"kind":"sql"`) })
	rawText   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`"kind":"sql"(?:,"path":\[[^]]*\])?,"text":("(?:[^"\\]|\\.)*")`)
	})
)

// namesColumn reports whether raw SQL in attributes has the name of a column.
func namesColumn(s *state.State, attrs []byte) bool {
	for _, found := range rawText().FindAllSubmatch(attrs, -1) {
		for o := range s.All() {
			field, err := state.Decode[model.Field](o)
			if err == nil && o.Address.Kind() == model.FieldKind && field.Column != "" && bytes.Contains(found[1], []byte(field.Column)) {
				return true
			}
		}
	}
	return false
}

// renamedObject returns an object with another name, if it is one with a name
// that leaves room for it. Some names are kept.
func (t *trial) renamedObject(o *state.Object, n naming, kept map[string]bool) *state.Object {
	key := map[string]string{model.ModelKind: "table", model.FieldKind: "column"}[o.Address.Kind()]
	if t.isBlock(o) {
		key = nameAttr
	}
	attrs := map[string]json.RawMessage{}
	if key == "" || json.Unmarshal(o.Attrs, &attrs) != nil || attrs[key] == nil {
		return o
	}
	var name string
	if json.Unmarshal(attrs[key], &name) != nil || !fits(name, n) || kept[name] {
		return o
	}
	attrs[key], _ = state.Encode(n.name(name)) // text can always be encoded
	moved := *o
	moved.Attrs, _ = state.Encode(attrs)
	return &moved
}

// fits reports whether there is room for what a naming makes of a name.
func fits(name string, n naming) bool {
	return name != "" && len(name) <= model.MaxName-2 && len(n.name(name)) <= model.MaxName
}
