package resolve

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// An overload is one of the functions of a name. PostgreSQL tells them apart by the types
// of their arguments; of a call, only the number of those is known here.
type overload struct {
	Object      address.Address
	Least, Most int // arguments that a call has
}

// called returns the functions that a call with so many arguments may mean, -1 for any
// number. The function whose own text it is comes last: others are there before it.
func (c *sqlCatalog) called(schema, name string, args int) []address.Address {
	all := c.overloads(functionName, schema, name)
	fit := slices.DeleteFunc(slices.Clone(all), func(o overload) bool { return args >= 0 && (args < o.Least || args > o.Most) })
	if len(fit) == 0 {
		fit = all
	}
	found := make([]address.Address, len(fit))
	for i, o := range fit {
		found[i] = o.Object
	}
	own := slices.Index(found, c.text.about)
	if own >= 0 {
		found = append(slices.Delete(found, own, own+1), c.text.about)
	}
	return found
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
		all = append(all, t.overload())
	}
	slices.SortFunc(all, func(a, b overload) int { return address.Compare(a.Object, b.Object) })
	return all
}

// overload returns the function that a block declares. What goes out is passed to
// procedures only, which return nothing.
func (t *top) overload() overload {
	o := overload{Object: t.addr}
	attrs := t.owned.option.Shape.Attrs
	procedure := !slices.ContainsFunc(attrs, func(a detect.Attr) bool { return a.Type == detect.TypeResult })
	i := slices.IndexFunc(attrs, func(a detect.Attr) bool { return a.Type == detect.TypeArguments })
	if i < 0 {
		return o
	}
	attr := attrOf(t.block, attrs[i].Name)
	if attr == nil {
		return o
	}
	for _, e := range strip(attr.Value).Args {
		o.take(strip(e), procedure)
	}
	return o
}

// take counts an argument.
func (o *overload) take(e *declare.Expr, procedure bool) {
	mode, optional := "", false
	for i, key := range e.Keys {
		switch keyName(strip(key)) {
		case "mode":
			mode = word(strip(e.Args[i]))
		case "default":
			optional = true
		}
	}
	switch {
	case mode == "variadic":
		o.Most = math.MaxInt
		return
	case mode == "out" && !procedure || o.Most == math.MaxInt:
		return
	case !optional && mode != "out":
		o.Least++
	}
	o.Most++
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
		text = cmp.Or(name.Unlimited().String(), text)
	}
	if t.Of != nil {
		text = t.Of.Path()
	}
	if t.Several {
		text = "several " + text
	}
	return text + strings.Repeat("[]", min(t.Dimensions, 1)) // PostgreSQL knows no number of dimensions
}
