package express

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// usualLabel returns the label that the block would get if none were written, or "".
func (r *rule) usualLabel() string {
	switch c := r.constraint; {
	case r.index != nil:
		return kinds.Name(append(r.keyParts(r.index.Keys), "idx")...)
	case c.Type == kinds.Unique:
		return kinds.Name(append(r.columns(c.Fields), "key")...)
	case c.Type == kinds.ForeignKey:
		return kinds.Name(append(r.columns(c.Fields), "fkey")...)
	case c.Type == kinds.Exclude:
		return kinds.Name(append(r.keyParts(c.Keys), "excl")...)
	case c.Type == kinds.Check && c.Check != nil:
		return r.checkLabel(*c.Check)
	}
	return ""
}

func (r *rule) checkLabel(n expression.Node) string {
	if named := n.Fields(); len(named) == 1 {
		return kinds.Name(r.column(named[0]), "check")
	}
	return "check"
}

// keyParts returns what keys give to the name of an index.
func (r *rule) keyParts(keys []kinds.Key) []string {
	var parts []string
	for _, k := range keys {
		switch {
		case k.Value.Kind == expression.Field && len(k.Value.Path) > 0:
			parts = append(parts, r.column(k.Value.Path[0].Address))
		case k.Value.Kind == expression.Call && len(k.Value.Path) == 1:
			c, _ := r.of.x.called(k.Value.Path[0].Address)
			parts = append(parts, c.name)
		case k.Value.Kind == expression.Call:
			parts = append(parts, k.Value.Text[strings.LastIndex(k.Value.Text, ":")+1:])
		default:
			parts = append(parts, "expr")
		}
	}
	return parts
}

func (r *rule) columns(fields []address.Ref) []string {
	columns := make([]string, len(fields))
	for i, ref := range fields {
		columns[i] = r.column(ref.Address)
	}
	return columns
}

// column returns the column of a field, or a name that nothing has.
func (r *rule) column(field address.Address) string {
	if c, ok := r.x.called(field); ok {
		return c.name
	}
	return "\x00"
}
