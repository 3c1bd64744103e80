package express

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// severalName returns the name of the type of several values of a declared type, which
// is the one that is written for it, or made of that of the type.
func (s *scope) severalName(a address.Address) *declare.Expr {
	names := a.Names()
	kind := s.x.catalog.kinds[a.Kind()]
	o := s.x.state.Get(a)
	if len(names) != 2 || o == nil || kind.Type == nil {
		return s.fail("it names several of %s, which no app declares", a)
	}
	attrs, _ := state.Decode[map[string]json.RawMessage](o) // what is no object has no names
	written, usual := severalOf(attrs, kind.Type.Several)
	if written == usual {
		written = kinds.Multirange(names[1])
	}
	return s.topWord(a, []string{names[0], written})
}

// severalOf returns the name of the type of several values, and what it is where nobody
// writes it.
func severalOf(attrs map[string]json.RawMessage, several string) (written, usual string) {
	var name string
	_ = json.Unmarshal(attrs["name"], &name)
	_ = json.Unmarshal(attrs[several], &written)
	return written, kinds.Multirange(name)
}
