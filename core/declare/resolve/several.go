package resolve

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// declareSeveral notes the type of several values that comes with a type. It has the
// name that is written for it, or the one that PostgreSQL makes of the type's.
func (l *loader) declareSeveral(t *top) {
	if t.kind.Type.Several == "" || t.app.several == nil {
		return
	}
	name := stringOr(t.block, detect.Attr{Name: t.kind.Type.Several}, kinds.Multirange(t.name))
	if t.app.types[name] != nil || modelTypes[strings.ToLower(name)] != nil {
		l.report(t.at, codeName, fmt.Sprintf("the %s of %s has the name of another type, %q", t.kind.Type.Several, t.what(), name),
			"A field of this type could be of the one or of the other.", fmt.Sprintf("write %s = \"...\"", t.kind.Type.Several))
		return
	}
	t.app.several[name] = t
}

// severalNames fills in what the type of several values is called in the database, and
// takes the name.
func (r *optionReader) severalNames(values map[string]any) {
	if r.top == nil || r.top.kind.Type == nil || r.top.kind.Type.Several == "" {
		return
	}
	name, _ := values["name"].(string)
	schema, _ := values[string(detect.NamesSchema)].(string)
	written, _ := values[r.top.kind.Type.Several].(string)
	several := cmp.Or(written, kinds.Multirange(name))
	values[r.top.kind.Type.Several] = several
	r.b.l.claim(nameKey{class: typeName, schema: schema, name: several}, r.top.at, owner{what: "the " + r.top.kind.Type.Several + " of " + r.top.what()})
}

// orderedBounds reports a type of bounds that PostgreSQL cannot put in order.
func (l *loader) orderedBounds(t *top, bound *typ, attr *declare.Attr) {
	if bound == nil || attrOf(t.block, t.kind.Type.Order) != nil || bound.serial() {
		return
	}
	known := bound.known()
	if known == "" || !bound.base().own() && bound.valued() == nil {
		return
	}
	if _, ok := pgtype.DefaultClass("btree", known); !ok {
		l.report(declare.Place{Document: t.file, Span: attr.Value.Span}, codeUnknownType, fmt.Sprintf("%s has bounds of type %s, which has no order", t.what(), bound),
			"PostgreSQL puts bounds in order by a btree operator class, and has none for the type.", fmt.Sprintf("take another type, or write %s = \"...\"", t.kind.Type.Order))
	}
}
