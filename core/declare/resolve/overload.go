package resolve

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An overload is one of the functions of a name, which PostgreSQL tells apart by the types
// of their arguments.
type overload struct {
	Object      address.Address
	Least, Most int // arguments that a call has
	Types       []string
}

// called returns the functions that a call may mean which passes values of types, each
// empty where it is not known; nil where not even their number is. The function whose own
// text it is comes last: others are there before it.
func (c *sqlCatalog) called(schema, name string, args []string) []address.Address {
	all := c.overloads(functionName, schema, name)
	if schema == "" && c.foreign(all, name, args) {
		return nil
	}
	if was, ok := c.lost(schema, name, args); ok {
		c.gone = append(c.gone, gone{functionName, schema, name, was})
		return nil
	}
	if fit := fitting(all, args); len(fit) > 0 {
		all = fit
	}
	found := make([]address.Address, len(all))
	for i, o := range all {
		found[i] = o.Object
	}
	if own := slices.Index(found, c.text.about); own >= 0 {
		found = append(slices.Delete(found, own, own+1), c.text.about)
	}
	return found
}

// foreign reports a call of a function of PostgreSQL of which a project has one by the same
// name, that takes other things: lower(text) beside one's own lower(text[]).
func (c *sqlCatalog) foreign(all []overload, name string, args []string) bool {
	if _, own := pgtype.Result(name); !own || len(all) != 1 || args == nil {
		return false
	}
	return !c.l.overload(c.block(functionName, "", name)).takes(plainAll(args))
}

// lost returns the function of the migrations that a call meant which none of those that
// are declared can take.
func (c *sqlCatalog) lost(schema, name string, args []string) (was address.Address, ok bool) {
	t := c.block(functionName, schema, name)
	if t == nil || args == nil {
		return was, false
	}
	key, _ := c.l.topName(t, functionName)
	for _, owner := range c.l.knownAs()[key] {
		if !c.l.stays(owner, key) {
			was = owner
		}
	}
	taken := slices.ContainsFunc(c.l.overloads[key], func(t *top) bool { return c.l.overload(t).takes(plainAll(args)) })
	return was, !was.IsZero() && !taken
}

// stays reports whether a function of the migrations is declared, by that name or another.
func (l *loader) stays(a address.Address, key nameKey) bool {
	return slices.ContainsFunc(l.overloads[key], func(t *top) bool { return t.addr == a }) ||
		slices.ContainsFunc(l.renames, func(r state.Rename) bool { return r.From == a })
}

// overloads returns all functions of a name, in the order of their addresses.
func (c *sqlCatalog) overloads(class, schema, name string) []overload {
	t := c.block(class, schema, name)
	if t == nil || class != functionName {
		return nil
	}
	key, _ := c.l.topName(t, functionName)
	var all []overload
	for _, t := range c.l.overloads[key] {
		o := overload{Object: t.addr}
		if len(c.l.overloads[key]) > 1 {
			o = c.l.overload(t)
		}
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b overload) int { return address.Compare(a.Object, b.Object) })
	return all
}

// overload returns the function that a block declares. What goes out is passed to
// procedures only, which return nothing.
func (l *loader) overload(t *top) overload {
	o := overload{Object: t.addr}
	shape := t.owned.option.Shape
	for _, a := range shape.Attrs {
		attr := attrOf(t.block, a.Name)
		if a.Type != detect.TypeArguments || attr == nil {
			continue
		}
		args, _ := l.topReader(t).argumentList(a, strip(attr.Value), a.Name)
		for _, arg := range args {
			if arg.Mode != "out" || procedural(shape) {
				o.take(arg)
			}
		}
		return o
	}
	return o
}

// take counts an argument.
func (o *overload) take(arg kinds.Argument) {
	o.Types = append(o.Types, bare(arg.Type))
	o.Most++
	if arg.Mode == "variadic" {
		o.Most = math.MaxInt
	}
	if arg.Default == nil && arg.Mode != "out" {
		o.Least++ // one value of a variadic argument too
	}
}

// signature returns how PostgreSQL tells a function from others of its name: by the
// types of what it is called with, whatever their lengths.
func signature(shape detect.Shape, values map[string]any) string {
	var types []string
	for _, a := range shape.Attrs {
		args, _ := values[a.Name].([]kinds.Argument)
		for _, arg := range args {
			if arg.Mode != "out" {
				types = append(types, bare(arg.Type))
			}
		}
	}
	return "(" + strings.Join(types, ", ") + ")"
}

// bare returns a type without its length.
func bare(t kinds.Type) string {
	text := t.SQL
	if name, err := pgtype.Parse(text); err == nil {
		text = unlimited(name)
	}
	if t.Of != nil {
		text = t.Of.Path()
	}
	if t.Several {
		text = "several " + text
	}
	return text + strings.Repeat("[]", min(t.Dimensions, 1)) // PostgreSQL knows no number of dimensions
}

func unlimited(t pgtype.Name) string { return cmp.Or(t.Unlimited().String(), t.String()) }
