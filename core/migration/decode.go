package migration

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// ParseSidecar reads a .ops.json. The migration keeps parts of data.
func ParseSidecar(name string, data []byte) (*Migration, diag.List) {
	if !utf8.Valid(data) {
		return nil, diag.List{damagedSidecar(name, nil, 0, errors.New("it is no UTF-8 text"))}
	}
	c := newCursor(data)
	m := c.migration()
	if c.err == nil && (c.peek() != 0 || c.at < len(data)) {
		c.fail(errors.New("there is something behind its end"))
	}
	if c.err != nil {
		return nil, diag.List{damagedSidecar(name, data, c.at, c.err)}
	}
	if m.ID != idOf(name) {
		return nil, diag.List{wrongID(name, m.ID, top(name))}
	}
	return m, nil
}

func (c *cursor) migration() *Migration {
	m := &Migration{}
	number := 0
	c.object(func(name string) {
		switch name {
		case "whimbrel":
			if number = c.integer(); number != format {
				c.fail(fmt.Errorf("its format is %d, this whimbrel reads %d", number, format))
			}
		case "id":
			m.ID = c.text()
		case "app":
			m.App = c.text()
		case "parents":
			c.array(func() { m.Parents = append(m.Parents, c.text()) })
		case "version":
			m.Version = c.text()
		case "detectors":
			c.decode(&m.Detectors)
		case "state":
			m.StateHash = c.text()
		case "edited":
			c.decode(&m.Edited)
		case "operations":
			c.array(func() { c.operation(m) })
		default:
			c.unknown(name)
		}
	})
	if number == 0 {
		c.fail(errors.New("it does not say its format"))
	}
	return m
}

// unknown refuses a member: leaving out what is not understood would replay to
// another state.
func (c *cursor) unknown(name string) { c.fail(fmt.Errorf("unknown member %q", name)) }

func (c *cursor) operation(m *Migration) {
	var op operation.Operation
	var hashes Hashes
	c.object(func(name string) {
		switch name {
		case "kind":
			op.Kind = c.text()
		case "target":
			op.Target = c.address()
		case "detector":
			op.Detector = c.text()
		case "summary":
			op.Summary = c.text()
		case "transaction":
			op.Transaction = operation.Transaction(c.text())
		case "irreversible":
			op.Irreversible = c.text()
		case "needs":
			c.decode(&op.Needs)
		case "touches":
			c.decode(&op.Touches)
		case "frees":
			c.array(func() { op.Frees = append(op.Frees, c.text()) })
		case "takes":
			c.array(func() { op.Takes = append(op.Takes, c.text()) })
		case "hazard":
			c.decode(&op.Hazard)
		case "locks":
			c.decode(&op.Locks)
		case "up_sha256":
			hashes.Up = c.text()
		case "down_sha256":
			hashes.Down = c.text()
		case "edits":
			c.array(func() { op.Edits = append(op.Edits, c.edit()) })
		default:
			c.unknown(name)
		}
	})
	m.Operations = append(m.Operations, op)
	m.Hashes = append(m.Hashes, hashes)
}

func (c *cursor) edit() state.Edit {
	var e state.Edit
	parts := 0
	c.object(func(name string) {
		parts++
		switch name {
		case "put":
			e.Put = c.put()
		case "drop":
			e.Drop = c.address()
		case "rename":
			c.decode(&e.Rename)
		case "read":
			c.decode(&e.Read)
		default:
			c.unknown(name)
		}
	})
	if parts != 1 {
		c.fail(errors.New("an edit is one of put, drop, rename and read"))
	}
	return e
}

func (c *cursor) put() *state.Object {
	o := &state.Object{}
	c.object(func(name string) {
		switch name {
		case "address":
			o.Address = c.address()
		case "parent":
			o.Parent = c.address()
		case "attrs":
			o.Attrs = json.RawMessage(trimmed(c.raw()))
		case "refs":
			c.array(func() { o.Refs = append(o.Refs, c.reference()) })
		case "readings":
			c.decode(&o.Readings)
		case "rank":
			o.Rank = c.integer()
		case "app":
			o.App = c.text()
		case "version":
			o.Version = c.integer()
		case "rendering":
			o.Rendering = c.integer()
		default:
			c.unknown(name)
		}
	})
	if o.Address == (address.Address{}) || !bytes.HasPrefix(o.Attrs, []byte("{")) {
		c.fail(errors.New("an object has an address and attributes"))
	}
	return o
}

func (c *cursor) reference() state.Reference {
	var ref state.Reference
	c.object(func(name string) {
		switch name {
		case "target":
			ref.Target = c.address()
		case "aspects":
			ref.Aspects = c.aspects()
		default:
			c.unknown(name)
		}
	})
	return ref
}

func (c *cursor) aspects() state.Aspects {
	var set state.Aspects
	c.array(func() {
		aspect, err := state.ParseAspects(c.text())
		if err != nil {
			c.fail(err)
		}
		set |= aspect
	})
	return set
}

func trimmed(raw []byte) []byte { return bytes.TrimRight(raw, " \n\t\r") }
