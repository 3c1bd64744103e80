package clitest

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A mutual is one of two plugins that know of each other. "left" fills tables to
// a degree and states it as a fact; "right" writes the degree that it hears of
// into the comment of the table. With the configuration wait = true each wants
// the other one's operation to come first. "echo" states the fact too.
type mutual struct{ name string }

const degree = "left.degree"

// Manifest returns the plugin's description.
func (m mutual) Manifest() *detect.Manifest {
	kind := m.name + "." + m.name
	d := &detect.Manifest{
		Name: m.name, Version: "1.0.0", Doc: "Knows another plugin.",
		Config:  detect.Shape{Attrs: []detect.Attr{{Name: "wait", Type: detect.TypeBool}}},
		Kinds:   []detect.Kind{{Name: kind, Doc: "what it knows"}},
		Options: []detect.Option{{Name: m.name, On: detect.OnModel, Kind: kind, Doc: "It is asked.", Switch: true}},
		Emits:   []string{m.name + ".create", m.name + ".drop"},
	}
	if m.name == "right" {
		d.Consumes = []string{degree}
	} else {
		d.Produces = []string{degree}
	}
	return d
}

// Detect returns what is done to the tables, and left's degree.
func (m mutual) Detect(_ context.Context, pass detect.Pass) (detect.Result, error) {
	var result detect.Result
	for _, c := range pass.Changes {
		if c.After == nil {
			continue
		}
		a := c.Address()
		table, err := state.Decode[model.Model](pass.To.Get(a.WithKind(model.ModelKind)))
		if err != nil {
			return result, err
		}
		op := operation.Operation{Kind: m.name + ".create", Target: a, Edits: []state.Edit{state.Put(c.After)}}
		op.Up, op.Down = m.statements(address.Qualify(table.Schema, table.Table), pass.Facts)
		if string(pass.Config) == `{"wait":true}` {
			op.Needs = []operation.Need{m.wait(a)}
		}
		if m.name == "left" {
			result.Facts = append(result.Facts, detect.Fact{Name: degree, Subject: c.After.Parent.String(), Value: json.RawMessage("90")})
		}
		result.Operations = append(result.Operations, op)
	}
	return result, nil
}

func (m mutual) statements(table string, facts []detect.Fact) (up, down []operation.Statement) {
	if m.name != "right" {
		return operation.SQL("ALTER TABLE " + table + " SET (fillfactor = 90)"), operation.SQL("ALTER TABLE " + table + " RESET (fillfactor)")
	}
	heard := strconv.Itoa(len(facts)) + " facts"
	for _, fact := range facts {
		heard += " " + fact.Subject + " " + string(fact.Value)
	}
	return operation.SQL("COMMENT ON TABLE " + table + " IS " + address.Literal(heard)), operation.SQL("COMMENT ON TABLE " + table + " IS NULL")
}

func (m mutual) wait(a address.Address) operation.Need {
	if m.name == "left" {
		return operation.Need{Verb: operation.Create, Object: a.WithKind("right.right"), Why: "Left follows right."}
	}
	return operation.Need{Verb: operation.Create, Object: a.WithKind("left.left"), Why: "Right follows left."}
}
