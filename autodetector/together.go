package autodetector

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// whole returns what the object of an operation is part of.
func (r *run) whole(op operation.Operation) address.Address {
	if o := cmp.Or(r.to.Get(op.Target), r.from.Get(op.Target)); o != nil {
		return o.Parent
	}
	return address.Address{}
}

// together returns operations as one. What has to come before one of them comes
// before all.
func (g *gatherer) together(members []int) operation.Operation {
	list := pick(g.operations, members)
	if len(list) == 1 {
		return list[0]
	}
	one := operation.Operation{Target: g.whole(list[0]), Detector: list[0].Detector}
	one.Kind, one.Summary = titled(one.Target, list)
	for _, op := range list {
		one.Edits = append(one.Edits, op.Edits...)
		one.Needs = append(one.Needs, op.Needs...)
		one.Touches = append(one.Touches, op.Touches...)
		one.Frees = append(one.Frees, op.Frees...)
		one.Takes = append(one.Takes, op.Takes...)
	}
	one.Locks, one.Hazard = slices.Concat(each(list, locks)...), once(slices.Concat(each(list, hazards)...))
	one.Up = oneStatement(each(list, up))
	slices.Reverse(list)
	one.Down = oneStatement(each(list, down))
	return one
}

func up(op operation.Operation) []operation.Statement   { return op.Up }
func down(op operation.Operation) []operation.Statement { return op.Down }
func locks(op operation.Operation) []operation.Lock     { return op.Locks }
func hazards(op operation.Operation) []operation.Hazard { return op.Hazard }

func each[T any](list []operation.Operation, of func(operation.Operation) T) []T {
	all := make([]T, len(list))
	for i, op := range list {
		all[i] = of(op)
	}
	return all
}

// once returns hazards without those that say the same of a table again: it is gone
// through one time.
func once(list []operation.Hazard) []operation.Hazard {
	var kept []operation.Hazard
	for _, h := range list {
		again := func(k operation.Hazard) bool {
			return k.Code == h.Code && k.Down == h.Down && k.Text == h.Text && k.Probe == h.Probe
		}
		if !slices.ContainsFunc(kept, again) {
			kept = append(kept, h)
		}
	}
	return kept
}

// oneStatement returns lists of statements as one, in which those that join are one:
// first what comes before it in any of them, last what comes after it. What stands
// in several, such as what makes a function for the time being, is done once.
func oneStatement(lists [][]operation.Statement) []operation.Statement {
	var before, after []operation.Statement
	whole := operation.Statement{SQL: lists[0][joint(lists[0])].SQL}
	for _, list := range lists {
		at := joint(list)
		before, after = appendNew(before, list[:at]), appendNew(after, list[at+1:])
		whole.Clauses = append(whole.Clauses, list[at].Clauses...)
	}
	return slices.Concat(before, []operation.Statement{whole}, after)
}

func appendNew(list, more []operation.Statement) []operation.Statement {
	for _, statement := range more {
		if !slices.ContainsFunc(list, func(s operation.Statement) bool { return s.Text() == statement.Text() }) {
			list = append(list, statement)
		}
	}
	return list
}

// titled returns the kind of operations that are one, such as "alter_fields", and
// what they do to which part of the whole.
func titled(whole address.Address, list []operation.Operation) (kind, summary string) {
	noun := list[0].Target.Kind()
	prefix, name := "", noun
	if dot := strings.LastIndexByte(noun, '.'); dot >= 0 {
		prefix, name = noun[:dot+1], noun[dot+1:]
	}
	common, parts := "", make([]string, len(list))
	for i, op := range list {
		does := operation.Words(op.Kind, op.Target.String())
		verb, _, _ := strings.Cut(does, " ")
		if i > 0 && verb != common {
			common = "alter"
		} else {
			common = verb
		}
		parts[i] = verb + " " + op.Target.Name() + strings.Replace(strings.TrimPrefix(op.Summary, does), ":", "", 1)
	}
	for i := range parts {
		parts[i] = strings.TrimPrefix(parts[i], common+" ")
	}
	kind = prefix + common + "_" + name + "s"
	return kind, operation.Words(kind, whole.String()) + ": " + strings.Join(parts, "; ")
}
