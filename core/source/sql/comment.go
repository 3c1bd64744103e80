package sql

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// comments gives a block its comment.
func (w *Work) comments(s Statement) bool {
	d, ok := s.What.(ddl.Comment)
	if !ok || len(d.Names) == 0 {
		return false
	}
	b := w.commented(s, d)
	if b != nil {
		b.Set("comment", Text(d.Text))
	}
	return b != nil
}

// commented returns the block of what a comment is on, or nil. What is part of a
// table stands behind its name, and functions are told apart by their arguments.
func (w *Work) commented(s Statement, d ddl.Comment) *Block {
	last := len(d.Names) - 1
	if last > 0 {
		if t := w.Table(s, nameOf(d.Names[:last])); t != nil && t.OptionOf(d.Kind, d.Names[last]) != nil {
			return t.OptionOf(d.Kind, d.Names[last])
		}
		if b := w.Find(s, d.Kind, ddl.Name{Name: nameOf(d.Names[:last]).Name + "." + d.Names[last]}); b != nil {
			return b
		}
	}
	types := w.Signature(s, d.Arguments)
	for _, b := range w.FindAll(s, d.Kind, nameOf(d.Names)) {
		if slices.Equal(b.Arguments, types) {
			return b
		}
	}
	if b := w.FindBare(d.Kind, d.Names[last]); b != nil {
		return b
	}
	return w.Find(s, TypeClass, nameOf(d.Names))
}

// Signature returns types as they tell functions of one name apart.
func (w *Work) Signature(s Statement, types []ddl.Type) []string {
	all := make([]string, len(types))
	for i, t := range types {
		all[i] = w.typeKey(s, ddl.Type{Schema: t.Schema, Name: t.Name, Dimensions: t.Dimensions})
	}
	return all
}
