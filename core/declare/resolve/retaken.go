package resolve

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// retaken reports whether a function among names takes something else in the models than in
// the migrations: a call of it that was read may fit no longer.
func (c *sqlCatalog) retaken(lookups []string) bool {
	return slices.ContainsFunc(lookups, func(lookup string) bool {
		parts := strings.Split(lookup, "\x1f")
		return len(parts) == 3 && parts[0] == functionName && slices.ContainsFunc(c.candidates(parts[1], parts[2]), c.takesElse)
	})
}

// takesElse reports whether the function that a block declares took something else.
func (c *sqlCatalog) takesElse(t *top) bool {
	was, known := c.l.overloadBefore(t)
	now := c.l.overload(t)
	return known && (was.Least != now.Least || was.Most != now.Most || !slices.Equal(was.Types, now.Types))
}

// overloadBefore returns what the function of a block is called with in the migrations.
func (l *loader) overloadBefore(t *top) (o overload, known bool) {
	was, attrs := l.before().Get(t.addr), map[string]json.RawMessage{}
	if was == nil || json.Unmarshal(was.Attrs, &attrs) != nil {
		return o, false
	}
	shape := t.owned.option.Shape
	for _, a := range shape.Attrs {
		var args []kinds.Argument
		if a.Type != detect.TypeArguments || json.Unmarshal(attrs[a.Name], &args) != nil {
			continue
		}
		for _, arg := range args {
			if arg.Mode != "out" || procedural(shape) {
				o.take(arg)
			}
		}
		break
	}
	return o, true
}

// procedural reports whether a shape is that of what returns nothing. What goes out is
// passed to it.
func procedural(shape detect.Shape) bool {
	return !slices.ContainsFunc(shape.Attrs, func(a detect.Attr) bool { return a.Type == detect.TypeResult })
}
