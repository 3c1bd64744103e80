package migration

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// Summary returns how many objects of each kind operations make, change and
// drop, such as "+1 model +5 field ~1 index -1 constraint (1 drop, 0 rewrites)".
// Drops are objects that go for good; rewrites are tables that are written anew, as often as
// that is done.
func Summary(operations []operation.Operation) string {
	t := tally{"+": {}, "~": {}, "-": {}}
	rewrites := 0
	for _, op := range operations {
		t.add(op)
		for _, h := range op.Hazard {
			if h.Code == operation.TableRewrite && !h.Down {
				rewrites++
			}
		}
	}
	t.settle()
	var parts []string
	for _, sign := range []string{"+", "~", "-"} {
		parts = append(parts, t.counts(sign)...)
	}
	parts = append(parts, fmt.Sprintf("(%s, %s)", diag.Plural(len(t["-"]), "drop"), diag.Plural(rewrites, "rewrite")))
	return strings.Join(parts, " ")
}

// A tally holds the objects that are made (+), changed (~) and dropped (-).
type tally map[string]map[address.Address]bool

// add counts the objects of one operation. Whether an object was there before is
// known by the verb: what the operation does not make, it changes. One on several
// objects says of those that it changes that it touches them.
func (t tally) add(op operation.Operation) {
	verb, _ := verbNoun(op.Kind)
	for _, edit := range op.Edits {
		switch {
		case edit.Put != nil && (verb == "create" || verb == "add" || isNewIn(op, edit.Put.Address)):
			t["+"][edit.Put.Address] = true
		case edit.Put != nil:
			t["~"][edit.Put.Address] = true
		case !edit.Drop.IsZero():
			t["-"][edit.Drop] = true
		}
		for _, r := range edit.Rename {
			t["~"][r.To] = true
		}
	}
}

func isNewIn(op operation.Operation, a address.Address) bool {
	touched := func(touch operation.Touch) bool { return touch.Object == a }
	return len(op.Edits) > 1 && a != op.Target && !slices.ContainsFunc(op.Touches, touched)
}

// settle counts what is dropped and made again as changed.
func (t tally) settle() {
	for a := range t["-"] {
		if t["+"][a] || t["~"][a] {
			delete(t["-"], a)
			delete(t["+"], a)
			t["~"][a] = true
		}
	}
}

// counts returns the numbers of objects under a sign, by kind.
func (t tally) counts(sign string) []string {
	numbers := map[string]int{}
	for a := range t[sign] {
		numbers[a.Kind()]++
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(numbers)) {
		parts = append(parts, fmt.Sprintf("%s%d %s", sign, numbers[kind], kind))
	}
	return parts
}
