package triggers

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// resolve follows a path from the model of the query, at 0, or that of a subquery,
// and returns the join and the column at its end.
func (j *joins) resolve(at int, path []address.Ref) (int, column, error) {
	for i := 0; i < len(path); i++ {
		step := path[i]
		if step.Kind() == model.ModelKind && i+1 < len(path) {
			i++
			var end column
			var err error
			if at, end, err = j.back(at, path[i].Address); err != nil || i == len(path)-1 {
				return at, end, err
			}
			continue
		}
		f, err := j.field(at, step.Address)
		if err != nil {
			return 0, column{}, err
		}
		last := i == len(path)-1
		switch {
		case f.Relation != nil && f.Relation.Many:
			var end column
			if at, end, err = j.many(at, step.Address, *f.Relation, last); err != nil || last {
				return at, end, err
			}
		case last:
			c, err := j.list[at].column(step.Address)
			j.list[at].used.add(c)
			return at, c, err
		default:
			if at, err = j.one(at, step.Address, f.Relation); err != nil {
				return 0, column{}, err
			}
		}
	}
	return 0, column{}, fmt.Errorf("a path without steps")
}

func (j *joins) field(at int, a address.Address) (model.Field, error) {
	o := j.state.Get(a)
	if o == nil {
		return model.Field{}, fmt.Errorf("the pass lacks %s", a)
	}
	if o.Parent != j.list[at].address {
		return model.Field{}, fmt.Errorf("%s is no field of %s", a, j.list[at].address)
	}
	return state.Decode[model.Field](o)
}

// one follows a foreign key.
func (j *joins) one(at int, a address.Address, r *model.Relation) (int, error) {
	if r == nil {
		return 0, fmt.Errorf("%s is no foreign key", a)
	}
	link, err := j.list[at].column(a)
	if err != nil {
		return 0, err
	}
	target, err := readTable(j.state, r.Target.Address)
	if err != nil {
		return 0, err
	}
	own, err := target.targetOf(r)
	if err != nil {
		return 0, err
	}
	return j.add(a, join{table: target, step: step{at, link, own}}), nil
}

// back follows a foreign key from what it refers to, to all rows that have it.
// The column is the foreign key's, which is NULL where there is no such row.
func (j *joins) back(at int, a address.Address) (int, column, error) {
	o := j.state.Get(a)
	if o == nil {
		return 0, column{}, fmt.Errorf("the pass lacks %s", a)
	}
	f, err := state.Decode[model.Field](o)
	if err != nil {
		return 0, column{}, fmt.Errorf("reading %s: %w", a, err)
	}
	if f.Relation == nil || f.Relation.Target.Address != j.list[at].address {
		return 0, column{}, fmt.Errorf("%s is no foreign key to %s", a, j.list[at].address)
	}
	source, err := readTable(j.state, o.Parent)
	if err != nil {
		return 0, column{}, err
	}
	own, err := source.column(a)
	if err != nil {
		return 0, column{}, err
	}
	link, err := j.list[at].targetOf(f.Relation)
	if err != nil {
		return 0, column{}, err
	}
	return j.add(a.WithKind("back"), join{table: source, step: step{at, link, own}, through: true, many: true}), own, nil
}

// targetOf returns the column that a foreign key to the table refers to.
func (t *table) targetOf(r *model.Relation) (column, error) {
	if r.Field != nil {
		return t.column(r.Field.Address)
	}
	if len(t.key) == 1 {
		return t.key[0], nil
	}
	return column{}, fmt.Errorf("%s has no primary key of one column", t.address)
}

// many follows a many_to_many into its join table and, unless that is the end,
// on to its target. The column is that of the join table that refers there.
func (j *joins) many(at int, a address.Address, r model.Relation, last bool) (int, column, error) {
	through, from, to, err := j.through(j.list[at].address, r)
	if err != nil {
		return 0, column{}, fmt.Errorf("%s: %w", a, err)
	}
	own, err := through.column(from.address)
	if err != nil {
		return 0, column{}, err
	}
	link, err := j.list[at].targetOf(from.relation)
	if err != nil {
		return 0, column{}, err
	}
	at = j.add(a, join{table: through, step: step{at, link, own}, through: true, many: true})
	end, err := through.column(to.address)
	j.list[at].used.add(end)
	if err != nil || last {
		return at, end, err
	}
	at, err = j.one(at, to.address, to.relation)
	return at, column{}, err
}

// A side is a foreign key of a join table.
type side struct {
	address  address.Address
	relation *model.Relation
}

// through returns the join table of a many_to_many and its two foreign keys: the
// first one back to the source, the first other one to the target.
func (j *joins) through(source address.Address, r model.Relation) (t *table, from, to side, err error) {
	if r.Through == nil {
		return nil, from, to, fmt.Errorf("a many_to_many without join model")
	}
	if t, err = readTable(j.state, r.Through.Address); err != nil {
		return nil, from, to, err
	}
	for _, child := range j.state.Children(t.address, model.FieldKind) {
		f, err := state.Decode[model.Field](child)
		if err != nil {
			return nil, from, to, err
		}
		if f.Relation == nil || f.Relation.Many {
			continue
		}
		switch s := (side{child.Address, f.Relation}); {
		case from.relation == nil && f.Relation.Target.Address == source:
			from = s
		case to.relation == nil && f.Relation.Target.Address == r.Target.Address:
			to = s
		}
	}
	if from.relation == nil || to.relation == nil {
		return nil, from, to, fmt.Errorf("%s has no foreign keys to both sides", t.address)
	}
	return t, from, to, nil
}
