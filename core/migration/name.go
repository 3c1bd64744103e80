package migration

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// Initial is the name of the first migration of an app.
const Initial = "initial"

// maxName is the length of a suggested name; Django's.
const maxName = 52

// SuggestName returns a name that says what operations do: "create_pizza",
// "add_book_subtitle", "create_topping_and_more". It knows no history, so it
// never says Initial; for the first migration of an app the caller does.
func SuggestName(operations []operation.Operation) string {
	parts := fragments(operations)
	if len(parts) == 0 {
		return "changes"
	}
	name := fit(parts[0], maxName)
	for i, part := range parts[1:] {
		if len(name)+1+len(part) > maxName {
			return more(parts[:i+1])
		}
		name += "_" + part
	}
	return name
}

// more returns the names of as many parts as fit, and that there are others.
func more(parts []string) string {
	const tail = "_and_more"
	for len(parts) > 1 {
		if name := strings.Join(parts, "_") + tail; len(name) <= maxName {
			return name
		}
		parts = parts[:len(parts)-1]
	}
	return fit(parts[0], maxName-len(tail)) + tail
}

func fit(name string, limit int) string {
	return strings.Trim(name[:min(len(name), limit)], "_")
}

// fragments returns one name for each object that operations are done to.
// Schemas and extensions, which come along with others, and what is only made again
// for the sake of others, count only by themselves.
func fragments(operations []operation.Operation) []string {
	var own, along []string
	seen, again := map[string]bool{}, madeAgain(operations)
	for _, op := range operations {
		part := fragment(op, again[op.Target])
		path := op.Target.Path()
		if seen[path] || slices.Contains(own, part) {
			continue
		}
		seen[path] = true
		if len(op.Target.Names()) < 2 || again[op.Target] {
			along = append(along, part)
		} else {
			own = append(own, part)
		}
	}
	if len(own) == 0 {
		return along
	}
	return own
}

// madeAgain returns the objects that are dropped and come back as they were.
func madeAgain(operations []operation.Operation) map[address.Address]bool {
	dropped, again := map[address.Address]bool{}, map[address.Address]bool{}
	for _, op := range operations {
		for _, edit := range op.Edits {
			if edit.Put != nil && dropped[edit.Put.Address] {
				again[edit.Put.Address] = true
			}
			dropped[edit.Drop] = true
		}
	}
	return again
}

// fragment returns the name of one operation: its verb, the noun where the
// address leaves open what it is, and the path below the app. What is made again is
// altered.
func fragment(op operation.Operation, again bool) string {
	for _, edit := range op.Edits {
		if len(edit.Rename) > 0 {
			r := edit.Rename[0]
			return Slug(strings.Join(append([]string{"rename"}, append(below(r.From.Names()), r.To.Name())...), "_"))
		}
	}
	verb, noun := verbNoun(op.Kind)
	if again {
		verb = "alter"
	}
	names := op.Target.Names()
	if parts := partsOf(op); len(parts) > 0 {
		return together(verb, names, parts)
	}
	if verb == "create" && len(names) > 2 && !strings.Contains(op.Kind, ".") {
		verb = "add" // a part of a model is added to it
	}
	parts := append([]string{verb}, below(names)...)
	if strings.Contains(op.Target.Kind(), ".") || len(names) < 2 {
		parts = append([]string{verb, noun}, below(names)...)
		if verb == "create" {
			parts = parts[1:]
		}
	}
	return Slug(strings.Join(parts, "_"))
}

// below returns the names of a path without the app's.
func below(names []string) []string {
	if len(names) < 2 {
		return names
	}
	return names[1:]
}

// verbNoun divides the kind of an operation, "triggers.create_audit_trigger",
// into "create" and "audit_trigger".
func verbNoun(kind string) (verb, noun string) {
	kind = kind[strings.LastIndexByte(kind, '.')+1:]
	verb, noun, _ = strings.Cut(kind, "_")
	return verb, noun
}

// partsOf returns the names of the objects of an operation on several parts of its
// target, which is not among them itself.
func partsOf(op operation.Operation) []string {
	var names []string
	for _, edit := range op.Edits {
		if edit.Read != nil {
			continue
		}
		a := edit.Drop
		if edit.Put != nil {
			a = edit.Put.Address
		}
		if a == op.Target {
			return nil
		}
		if !slices.Contains(names, a.Name()) {
			names = append(names, a.Name())
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// together returns the name of an operation on several parts: "alter_pizza_name_price".
func together(verb string, target, parts []string) string {
	if verb == "create" {
		verb = "add"
	}
	whole := append([]string{verb}, below(target)...)
	name := Slug(strings.Join(append(whole, parts...), "_"))
	if len(name) > maxName {
		return Slug(strings.Join(append(whole, parts[0], "and_more"), "_"))
	}
	return name
}
