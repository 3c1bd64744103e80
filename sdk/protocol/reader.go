package protocol

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A reader converts messages and keeps the first thing that is wrong with them.
type reader struct{ err error }

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// address reads an address in a field; empty text is none.
func (r *reader) address(field, text string) address.Address {
	var a address.Address
	if err := a.UnmarshalText([]byte(text)); err != nil {
		r.fail("%s: %w", field, err)
	}
	return a
}

// aspects reads a set of aspects.
func (r *reader) aspects(list []Aspect) state.Aspects {
	var set state.Aspects
	for _, aspect := range list {
		if aspect < Aspect_ASPECT_EXISTS || aspect > Aspect_ASPECT_DEFINITION {
			r.fail("unknown aspect %d", aspect)
			continue
		}
		set |= 1 << (aspect - 1)
	}
	return set
}

func toAspects(set state.Aspects) []Aspect {
	var list []Aspect
	for aspect := Aspect_ASPECT_EXISTS; aspect <= Aspect_ASPECT_DEFINITION; aspect++ {
		if set.Has(1 << (aspect - 1)) {
			list = append(list, aspect)
		}
	}
	return list
}

// readAll converts a list; empty lists are nil, as they are on the wire.
func readAll[P, G any](r *reader, list []P, read func(*reader, P) G) []G {
	var all []G
	for i, item := range list {
		before := r.err
		all = append(all, read(r, item))
		if before == nil && r.err != nil {
			r.err = fmt.Errorf("%s %d: %w", called(item), i+1, r.err)
		}
	}
	return all
}

// called returns what the protocol calls a message, as messages have it: "operation".
func called(message any) string {
	name := fmt.Sprintf("%T", message)
	return strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
}

// toAll converts a list for the wire.
func toAll[G, P any](list []G, to func(G) P) []P {
	var all []P
	for _, item := range list {
		all = append(all, to(item))
	}
	return all
}
