package resolve

import (
	"math"
	"slices"

	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// fitting returns the overloads that a call may mean: the one that takes just the types
// that are passed, or those that can take them.
func fitting(all []overload, args []string) []overload {
	if args == nil || len(all) < 2 {
		return all
	}
	passed := plainAll(args)
	if i := slices.IndexFunc(all, func(o overload) bool { return slices.Equal(o.Types, passed) }); i >= 0 {
		return all[i : i+1]
	}
	return slices.DeleteFunc(slices.Clone(all), func(o overload) bool { return !o.takes(passed) })
}

// takes reports whether the function may be called with values of types.
func (o overload) takes(passed []string) bool {
	if len(passed) < o.Least || len(passed) > o.Most {
		return false
	}
	single := len(o.Types)
	if o.Most == math.MaxInt {
		single-- // the last one is an array of what is passed
	}
	for i, typ := range passed[:min(single, len(passed))] {
		if !converts(typ, o.Types[i]) {
			return false
		}
	}
	return true
}

// converts reports whether PostgreSQL may take a value of a type for an argument.
func converts(from, to string) bool {
	value, failed := pgtype.Parse(from)
	arg, failedToo := pgtype.Parse(to)
	_, own := value.Type()
	_, ownToo := arg.Type()
	switch {
	case from == "" || failed != nil || failedToo != nil || !own || !ownToo || pgtype.Pseudo(arg.Base()):
		return true
	case value.Dimensions() > 0 || arg.Dimensions() > 0:
		return from == to
	}
	return pgtype.Between(value.Base(), arg.Base()) == pgtype.Implicit
}

func plainAll(args []string) []string {
	all := make([]string, len(args))
	for i, arg := range args {
		all[i] = plain(arg)
	}
	return all
}

// plain returns one of PostgreSQL's types as an overload has it; another one is not known.
func plain(typ string) string {
	name, err := pgtype.Parse(typ)
	if _, own := name.Type(); err != nil || !own {
		return ""
	}
	return unlimited(name)
}

// typesOf returns the types of expressions, each empty where it is not certain.
func (l *loader) typesOf(nodes []expression.Node) []string {
	types := make([]string, len(nodes))
	for i, n := range nodes {
		types[i] = l.typeOf(n).sqlName()
	}
	return types
}
