package express

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A model is a model that is said.
type model struct {
	*scope
	attrs  kinds.Model
	fields []*field
	rules  []*rule // its constraints and indexes, by rank
	key    *rule   // its primary key, nil if it has none
}

// model returns the block of a model, or nil.
func (x *expresser) model(app source.App, o *state.Object) *declare.Block {
	m := &model{scope: &scope{x: x, app: app, object: o.Address, model: o.Address}}
	attrs, err := state.Decode[kinds.Model](o)
	if err != nil {
		m.fail("its attributes are not those of a model")
		return nil
	}
	x.said[o.Address], m.attrs = true, attrs
	m.readRules()
	m.readFields()
	m.divide()
	return m.block()
}

func (m *model) block() *declare.Block {
	label := m.object.Name()
	b := block("model", label)
	m.x.place(b, m.object)
	if m.attrs.Table != label {
		set(b.Body, "table", quoted(m.attrs.Table))
	}
	if m.attrs.Schema != m.app.Schema {
		set(b.Body, "schema", quoted(m.attrs.Schema))
	}
	if m.attrs.Unmanaged {
		set(b.Body, "managed", boolean(false))
	}
	setText(b.Body, "comment", m.attrs.Comment)
	if m.attrs.PartitionBy != nil {
		set(b.Body, "partition_by", m.expr(*m.attrs.PartitionBy))
	}
	m.tuning(b.Body)
	for _, f := range m.fields {
		if !f.implicit {
			b.Body.Blocks = append(b.Body.Blocks, f.block())
		}
	}
	m.primaryKey(b.Body)
	for _, r := range m.rules {
		m.add(b.Body, r.block())
	}
	m.optionsOf(b.Body, m.object, detect.OnModel)
	if !m.attrs.Unmanaged {
		m.turnedOff(b.Body, m.object)
	}
	return b
}

// tuning says how the table is stored.
func (m *model) tuning(b *declare.Body) {
	setTrue(b, "unlogged", m.attrs.Unlogged)
	setText(b, "tablespace", m.attrs.Tablespace)
	set(b, "storage", parameters(m.attrs.Storage))
}

// parameters says storage parameters, nil for none.
func parameters(storage map[string]string) *declare.Expr {
	if len(storage) == 0 {
		return nil
	}
	var keys, values []*declare.Expr
	for _, key := range slices.Sorted(maps.Keys(storage)) {
		keys, values = append(keys, named(key)), append(values, parameter(storage[key]))
	}
	return object(keys, values)
}

// parameter says the value of a storage parameter: a number, true, false or a word.
func parameter(text string) *declare.Expr {
	switch {
	case text == "true" || text == "false":
		return boolean(text == "true")
	case text[0] >= 'a':
		return word(text)
	}
	return number(text)
}

// fieldAt returns a field of the model, or nil.
func (m *model) fieldAt(a address.Address) *field {
	for _, f := range m.fields {
		if f.object == a {
			return f
		}
	}
	return nil
}

// refsTo reports whether references are to just these addresses, in this order.
func refsTo(refs []address.Ref, addresses ...address.Address) bool {
	if len(refs) != len(addresses) {
		return false
	}
	for i, ref := range refs {
		if ref.Address != addresses[i] {
			return false
		}
	}
	return true
}
