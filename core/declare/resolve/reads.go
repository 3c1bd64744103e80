package resolve

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// readsOf notes what the texts of a block read besides what is found in them. It is depended
// on as if it stood in them, but for its name, which nobody writes anew there.
func (r *optionReader) readsOf(shape detect.Shape, b *declare.Block, values map[string]any) {
	var depends func(parser.Role) state.Aspects
	for _, a := range shape.Attrs {
		if draft, ok := r.sqlDraftOf(shape, b, a); ok && depends == nil {
			depends = draft.aspects
		}
	}
	for _, a := range shape.Attrs {
		refs, _ := values[a.Name].([]address.Ref)
		if depends == nil || !slices.Contains(a.Kinds, detect.AnyKind) {
			continue
		}
		for _, ref := range refs {
			r.uses.ref(ref.Address, depends(r.b.l.roleOf(ref.Address))&^state.Name)
		}
	}
}

// sqlDraftOf returns the text of an argument in SQL that is written.
func (r *optionReader) sqlDraftOf(shape detect.Shape, b *declare.Block, a detect.Attr) (sqlText, bool) {
	if a.Type != detect.TypeSQL || !isWritten(b.Body, a.Name) {
		return sqlText{}, false
	}
	return r.sqlDraftIn(shape, b, a)
}

// roleOf returns what the name of an object stands for in SQL.
func (l *loader) roleOf(a address.Address) parser.Role {
	switch {
	case a.Kind() == kinds.FieldKind:
		return parser.ColumnName
	case l.catalog.kinds[a.Kind()].Type != nil:
		return parser.TypeName
	}
	return parser.RelationName
}
