package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A top is a block that a detector owns at the top of a model file: its object
// stands by itself.
type top struct {
	topBlock
	owned ownedOption
	kind  detect.Kind
	addr  address.Address
	// Of a type: the values that are listed, or the type that it is built on.
	values []string
	under  *typ
	// parts are the types that it is made of, and read those by where they are written.
	parts []typePart
	read  map[*declare.Attr]*typ
	// reading: its query is being read, for its columns.
	reading bool
}

// word is what the block begins with.
func (t *top) word() string { return t.owned.option.Name }

// what names the block for messages.
func (t *top) what() string { return t.word() + " " + quote(t.name) }

// declareTop notes a block that a detector owns.
func (l *loader) declareTop(d topBlock, o ownedOption) {
	t := &top{topBlock: d, owned: o, kind: l.catalog.kinds[o.option.Kind], addr: d.app.address(o.option.Kind, d.name)}
	if first := l.taken(t); first != nil {
		l.twice(d, true, func() topBlock { return first.topBlock })
		return
	}
	d.app.tops = append(d.app.tops, t)
	if t.kind.Type != nil && modelTypes[strings.ToLower(d.name)] != nil {
		l.report(d.at, codeName, fmt.Sprintf("%s has the name of a type of PostgreSQL", t.what()),
			"A field of this type could be of the one or of the other.", "give it another name")
	}
	if t.kind.Type != nil {
		d.app.types[d.name] = t
		l.declareSeveral(t)
	}
}

// taken returns the block that has the name of another one already: one that
// begins with the same word, or of types any.
func (l *loader) taken(t *top) *top {
	for _, other := range t.app.tops {
		if other.name == t.name && (other.word() == t.word() || other.kind.Type != nil && t.kind.Type != nil) {
			return other
		}
	}
	return nil
}

// prepareTypes reads of the types of an app what others have to know of them.
func (l *loader) prepareTypes(a *app) {
	slices.SortStableFunc(a.tops, func(x, y *top) int {
		return cmp.Or(cmp.Compare(l.catalog.rank[x.kind.Name], l.catalog.rank[y.kind.Name]), cmp.Compare(x.name, y.name))
	})
	for _, t := range a.tops {
		if t.kind.Type == nil {
			continue
		}
		for _, attr := range t.block.Body.Attrs {
			switch attr.Name.Text {
			case t.kind.Type.Values:
				t.values = l.listedValues(t, attr)
			case t.kind.Type.Base:
				t.under = l.typePart(t, "", attr)
			case t.kind.Type.Bounds:
				l.orderedBounds(t, l.typePart(t, "", attr), attr)
			}
		}
		l.prepareParts(t)
	}
}

// buildTops makes the objects of the blocks that detectors own.
func (l *loader) buildTops(a *app) {
	for _, t := range a.tops {
		if t.selfUsing() {
			l.report(t.at, codeCycle, fmt.Sprintf("%s %q is built on itself", t.word(), t.name), "", "write another type")
			continue
		}
		l.buildTop(t)
	}
}

func (l *loader) buildTop(t *top) {
	r := l.topReader(t)
	values := r.block(t.owned.option.Shape, t.block, t.what())
	r.sayInner()
	r.fill(t.owned.option.Shape, values)
	r.names(t.owned.option.Shape, values)
	r.severalNames(values)
	attrs, err := state.Encode(values)
	if err != nil {
		return // text, numbers, types and nodes can always be encoded
	}
	l.put(object{addr: t.addr, app: t.app, at: t.at, uses: r.uses, attrs: attrs})
}

// labelOf returns the label of the block that is read.
func (r *optionReader) labelOf() string {
	if r.inner != nil {
		return r.inner.label
	}
	return r.option.label()
}

// selfUsing reports whether the type that a type is built on leads back to it.
func (t *top) selfUsing() bool {
	for u, steps := t.under, 0; u != nil && u.named != nil; u, steps = u.named.under, steps+1 {
		if u.named == t || steps > 64 {
			return true
		}
	}
	return false
}

// fill puts what is absent into attributes that always say it.
func (r *optionReader) fill(shape detect.Shape, values map[string]any) {
	for _, a := range shape.Attrs {
		if !a.Fill {
			continue
		}
		if _, written := values[a.Name]; !written && a.Default == "true" {
			values[a.Name] = true
		} else if !written && a.Type == detect.TypeString {
			values[a.Name] = cmp.Or(a.Default, r.labelOf())
		} else if values[a.Name] == false {
			delete(values, a.Name)
		}
	}
}
