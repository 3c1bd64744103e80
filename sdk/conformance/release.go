package conformance

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// released changes the types of the fields that the blocks of a stage refer to. In
// PostgreSQL much of what reads a column has to be taken away for that, and made
// again.
func (t *trial) released(ctx context.Context, s stage) {
	to := s
	to.name = s.name + " with other types"
	var read []address.Address
	for _, o := range t.blocksOf(s) {
		for _, ref := range o.Refs {
			read = append(read, ref.Target)
		}
	}
	changed := false
	for _, a := range read {
		if o := widened(s.declared.State, a); o != nil {
			to.declared.State, changed = with(to.declared.State, o), true
		}
	}
	if !changed {
		return
	}
	t.step(ctx, s, to, func(string) string { return releaseCheck })
	t.asAtOnce(ctx, releaseCheck, s, to)
}

// widened returns a field with another type that can hold its values, or nil where
// there is none that changes nothing else.
func widened(s *state.State, a address.Address) *state.Object {
	o := s.Get(a)
	if o == nil || a.Kind() != model.FieldKind {
		return nil
	}
	field, err := state.Decode[model.Field](o)
	bound := field.Identity != "" || field.Default != nil || field.Generated != nil || field.Relation != nil || field.Type.Dimensions > 0
	if err != nil || bound || constrained(s, a) || wider(field.Type.SQL) == "" {
		return nil
	}
	attrs := map[string]json.RawMessage{}
	if json.Unmarshal(o.Attrs, &attrs) != nil {
		return nil
	}
	attrs["type"], _ = state.Encode(model.Type{SQL: wider(field.Type.SQL)}) // text can always be encoded
	moved := *o
	moved.Attrs, _ = state.Encode(attrs)
	return &moved
}

// constrained reports whether a constraint is over a field.
func constrained(s *state.State, a address.Address) bool {
	for o := range s.All() {
		if o.Address.Kind() == model.ConstraintKind && o.Ref(a) != 0 {
			return true
		}
	}
	return false
}

var bounded = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(varchar|char|numeric)\(`) })

// wider returns a type to which every value of another one can be cast, empty if
// none is known.
func wider(sql string) string {
	if found := bounded().FindStringSubmatch(sql); found != nil {
		return map[string]string{"varchar": "text", "char": "text", "numeric": "numeric"}[found[1]]
	}
	order := []string{"smallint", "integer", "bigint", "numeric"}
	if i := slices.Index(order, sql); i >= 0 && i+1 < len(order) {
		return order[i+1]
	}
	return map[string]string{"real": "double precision", "date": "timestamp", "varchar": "text", "text": "varchar"}[sql]
}
