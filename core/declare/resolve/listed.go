package resolve

import (
	"fmt"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// listedValues reads the values of a type.
func (l *loader) listedValues(t *top, a *declare.Attr) []string {
	values, places, ok := l.textList(t.file, a)
	if ok && len(values) == 0 {
		l.report(declare.Place{Document: t.file, Span: a.Value.Span}, codeEnum, fmt.Sprintf("%s has no values", t.what()),
			"A column of it could hold nothing.", fmt.Sprintf(`write %s = ["...", "..."]`, a.Name.Text))
	}
	seen := map[string]bool{}
	for i, v := range values {
		at := declare.Place{Document: t.file, Span: places[i]}
		switch {
		case seen[v]:
			l.report(at, codeEnum, fmt.Sprintf("value %q stands in %s twice", v, t.what()), "", "take one of the two out")
		case len(v) > kinds.MaxName:
			l.fits(at, t.word()+" value", v)
		}
		seen[v] = true
	}
	return values
}

// texts reads { old = "new" }. Of a type with listed values the new ones are
// among them.
func (r *optionReader) texts(a detect.Attr, attr *declare.Attr) (any, bool) {
	l, f := r.b.l, r.option.file
	value := strip(attr.Value)
	if value.Kind != declare.Object {
		l.badValue(f, attr, "old values with new ones", or(a.Example, `{ old = "new" }`))
		return nil, false
	}
	texts := map[string]string{}
	for i, key := range value.Keys {
		key, to := strip(key), strip(value.Args[i])
		from := word(key)
		if key.Kind == declare.String {
			from = key.Text
		}
		if from == "" && key.Kind != declare.String || to.Kind != declare.String {
			l.report(declare.Place{Document: f, Span: key.Span}, codeValue, "a renamed value is written old = \"new\"", "", "write "+or(a.Example, `{ old = "new" }`))
			continue
		}
		if !a.Hint || r.top == nil || r.top.values == nil || l.isValue(declare.Place{Document: f, Span: to.Span}, r.top, to.Text) {
			texts[from] = to.Text
		}
	}
	return texts, len(texts) > 0
}

// hint notes an argument that is about the way to the object.
func (r *optionReader) hint(a detect.Attr, value any) {
	if r.inner != nil {
		r.inner.hint(a, value)
		return
	}
	encoded, err := state.Encode(value)
	if err == nil && r.top != nil {
		r.b.l.hints = append(r.b.l.hints, source.Hint{Object: r.top.addr, Name: a.Name, Value: encoded})
	}
}

func (l *loader) sortedHints() []source.Hint {
	slices.SortFunc(l.hints, source.CompareHints)
	return l.hints
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (l *loader) noBlocks(f *declare.Document, body *declare.Body, g grammar) {
	for _, b := range body.Blocks {
		l.unknownBlock(f, b.Type, g)
	}
}
