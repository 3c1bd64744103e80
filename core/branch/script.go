package branch

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// Scripts returns the SQL of a migration.
type Scripts func(*migration.Migration) (*migration.Script, error)

// A script is the SQL of a line, step by step, as it was read.
type script []part

// A part is the SQL of a step.
type part struct {
	step     Step
	up, down []simulation.Reading
	hand     bool // somebody wrote it, or changed it
	final    bool // there is no way back
}

// read reads the SQL of a line. Steps without SQL are left out.
func (scripts Scripts) read(line Line) (script, error) {
	var all script
	for _, m := range line {
		text, err := scripts(m)
		if err != nil {
			return nil, err
		}
		for i, s := range text.Steps {
			p := part{step: Step{m, i}, up: readings(s.Up), down: readings(s.Down), final: s.Irreversible != ""}
			if p.hand = m.Opaque || m.Edited; m.Opaque {
				p.step.Operation = -1
			}
			if len(p.up)+len(p.down) > 0 {
				all = append(all, p)
			}
		}
	}
	return all, nil
}

func readings(statements []migration.Statement) []simulation.Reading {
	var all []simulation.Reading
	for _, s := range statements {
		all = append(all, simulation.Read(s.SQL))
	}
	return all
}

// catalog returns the names of a database that has migrations.
func (scripts Scripts) catalog(base []*migration.Migration) (*simulation.Catalog, error) {
	c, reader := simulation.Empty(), new(simulation.Reader)
	for _, m := range base {
		text, err := scripts(m)
		if err != nil {
			return nil, err
		}
		for _, step := range text.Steps {
			for _, s := range step.Up {
				c.Learn(reader.Read(s.SQL))
			}
		}
	}
	return c, nil
}

// A run is the SQL of two lines, one behind the other, over the names of a database.
type run struct {
	catalog       *simulation.Catalog
	first, second script
	swapped       bool
}

// overlap runs the second line behind the first, and then takes the first one back. It
// returns the first thing that is not possible so.
func (r run) overlap() []Overlap {
	begin := r.catalog.Mark()
	defer r.catalog.Rewind(begin)
	for i, p := range r.first {
		for _, reading := range p.up {
			r.catalog.RunOf(i, reading) // it ran so where it was made
		}
	}
	for i, p := range r.second {
		if f := r.steps(len(r.first)+i, p.up); f != nil {
			return r.failed(p.step, f, !r.swapped, "")
		}
	}
	for i, p := range slices.Backward(r.first) {
		if p.final {
			break
		}
		if f := r.steps(i, p.down); f != nil {
			return r.failed(p.step, f, r.swapped, "on the way back, ")
		}
	}
	return nil
}

func (r run) steps(by int, readings []simulation.Reading) *simulation.Fault {
	for _, reading := range readings {
		if f := r.catalog.RunOf(by, reading); f != nil {
			return f
		}
	}
	return nil
}

// failed is an overlap if some step has to do with the fault of one, which is of the right
// line if right says so.
func (r run) failed(at Step, f *simulation.Fault, right bool, way string) []Overlap {
	all := slices.Concat(r.first, r.second)
	if f.By < 0 || f.By >= len(all) {
		return nil // it would not run alone either: that is for others to say
	}
	why := fmt.Sprintf("%sbehind the other one, %s", way, f)
	return []Overlap{between(at, all[f.By].step, right, address.Address{}, why)}
}
