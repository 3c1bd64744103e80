package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A typePart is a type in the block of another one, where it is written.
type typePart struct {
	label string // of the block that it stands in, if that is one of several
	typ   *typ
	at    declare.Place
}

// typePart reads a type in the block of another one, once. It returns nil after
// reporting that there is none.
func (l *loader) typePart(t *top, label string, attr *declare.Attr) *typ {
	read, ok := typeReader{l, t.file, t.app}.read(attr.Value)
	if !ok {
		read = nil
	}
	if t.read == nil {
		t.read = map[*declare.Attr]*typ{}
	}
	t.read[attr] = read
	if ok {
		t.parts = append(t.parts, typePart{label, read, declare.Place{Document: t.file, Span: attr.Value.Span}})
	}
	return read
}

// prepareParts reads the types of what the values of a type consist of, which SQL can
// name.
func (l *loader) prepareParts(t *top) {
	shape := t.owned.option.Shape.Attrs
	i := slices.IndexFunc(shape, func(a detect.Attr) bool { return a.Name == t.kind.Type.Parts && a.Type == detect.TypeBlocks })
	if i < 0 {
		return
	}
	for _, block := range t.block.Body.Blocks {
		if block.Type.Text != t.kind.Type.Parts || len(block.Labels) != 1 {
			continue
		}
		for _, a := range shape[i].Shape.Attrs {
			if attr := attrOf(block, a.Name); attr != nil && a.Type == detect.TypeType {
				l.typePart(t, block.Labels[0].Text, attr)
			}
		}
	}
}

// row returns the composite that values of a type are of, for SQL that names attributes
// of them, or nil.
func (t *typ) row(depth int) *parser.Type {
	if t == nil || depth > 8 {
		return nil
	}
	if t = t.base(); t.named == nil || t.Dimensions > 0 || t.named.kind.Type.Parts == "" {
		return nil
	}
	row := &parser.Type{Object: t.named.addr}
	for _, part := range t.named.parts {
		row.Columns = append(row.Columns, parser.Column{Name: part.label, Type: part.typ.sqlName(), Row: part.typ.row(depth + 1)})
	}
	return row
}

// reportCycles reports the types that are made of themselves, by way of others or
// directly, at the part that leads back.
func (l *loader) reportCycles(a *app) {
	for _, t := range a.tops {
		if t.kind.Type == nil || t.selfUsing() {
			continue
		}
		for _, part := range t.parts {
			if part.typ.leadsTo(t, map[*top]bool{}) {
				l.report(part.at, codeCycle, fmt.Sprintf("%s %q is made of itself", t.word(), t.name),
					"PostgreSQL makes a type of what is there already; an array of the type does not help.", "write another type")
			}
		}
	}
}

// leadsTo reports whether a type is a declared one, or is made of it.
func (t *typ) leadsTo(goal *top, seen map[*top]bool) bool {
	switch {
	case t.named == nil || seen[t.named]:
		return false
	case t.named == goal:
		return true
	}
	seen[t.named] = true
	for _, part := range t.named.parts {
		if part.typ.leadsTo(goal, seen) {
			return true
		}
	}
	return false
}
