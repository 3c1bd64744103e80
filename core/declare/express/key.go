package express

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// fieldsOnly reports whether all keys are fields, with what may be around them.
func fieldsOnly(keys []kinds.Key) bool {
	for _, k := range keys {
		if k.Value.Kind != expression.Field || len(k.Value.Path) != 1 {
			return false
		}
	}
	return true
}

// keys returns those of an index or exclusion constraint.
func (r *rule) keys(keys []kinds.Key) *declare.Expr {
	elements := make([]*declare.Expr, len(keys))
	for i, k := range keys {
		elements[i] = r.key(k)
	}
	return list(elements...)
}

// key returns a key with what is around it: nulls_last(desc(name)).
func (r *rule) key(k kinds.Key) *declare.Expr {
	e := r.keyValue(k.Value)
	if k.Collate != "" {
		e = call("collate", e, quoted(k.Collate))
	}
	if k.Opclass != "" {
		e = call("opclass", e, dotted(k.Opclass))
	}
	if k.Desc {
		e = call("desc", e)
	}
	if k.Nulls != "" {
		e = call("nulls_"+k.Nulls, e)
	}
	if k.Operator != "" {
		e = call("with", e, quoted(k.Operator))
	}
	return e
}

// keyValue returns a field by its name, whatever that is, or an expression. A
// function that has the name of what can stand around a key would be read as that.
func (r *rule) keyValue(n expression.Node) *declare.Expr {
	switch {
	case n.Kind == expression.Field && len(n.Path) == 1:
		return r.fieldName(n.Path[0].Address)
	case n.Kind == expression.String:
		return r.fail("a key is a text, which would be read as a field")
	case n.Kind == expression.Call && strings.Contains(" asc desc nulls_first nulls_last opclass collate with ", " "+n.Text+" "):
		return r.fail("a key calls %s(...), which means something else there", n.Text)
	}
	return r.expr(n)
}

// dotted returns a name with dots in it, in quotes if that is no word.
func dotted(text string) *declare.Expr {
	if names := strings.Split(text, "."); isPath(names) {
		return word(names...)
	}
	return quoted(text)
}
