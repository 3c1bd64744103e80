package resolve

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// sqlTexts reads the texts in SQL among the arguments of a block, when all others
// are read: the language of a body may stand behind it.
func (r *optionReader) sqlTexts(shape detect.Shape, b *declare.Block, values map[string]any) {
	for _, a := range shape.Attrs {
		if a.Type != detect.TypeSQL || !isWritten(b.Body, a.Name) {
			continue
		}
		draft, ok := r.sqlDraftIn(shape, b, a)
		if !ok {
			continue
		}
		reading, ok := r.b.l.readSQL(draft)
		if !ok || !r.isCondition(a, draft) {
			continue
		}
		r.uses.read(reading)
		r.brings(draft)
		values[a.Name] = reading.Text
		if a.Columns != "" {
			r.columns(a, attrOf(b, a.Columns), reading.Columns, values)
		}
	}
}

// isCondition reports SQL that is no condition where one has to be. It is false if it
// did.
func (r *optionReader) isCondition(a detect.Attr, t sqlText) bool {
	return !a.Condition || r.b.l.conditionIn(t, typing{l: r.b.l, app: t.app, model: t.model}, t.what)
}

// columns fills in the columns of a query, under the names that are written for
// them.
func (r *optionReader) columns(a detect.Attr, written *declare.Attr, found json.RawMessage, values map[string]any) {
	var columns []kinds.Column
	known := found != nil && json.Unmarshal(found, &columns) == nil
	names, _ := values[a.Columns].([]string)
	delete(values, a.Columns)
	switch {
	case !known && names == nil:
		return
	case !known:
		columns = make([]kinds.Column, len(names))
	case names != nil && len(names) != len(columns):
		r.b.l.report(declare.Place{Document: r.option.file, Span: written.Value.Span}, codeValue,
			fmt.Sprintf("%s has %d columns, and %d names are written", r.option.what(), len(columns), len(names)), "", "write a name for each column")
		return
	}
	for i, name := range names {
		columns[i].Name, columns[i].Given = name, true
	}
	r.distinct(columns)
	values[a.Columns] = columns
}

// distinct reports two columns of a query with one name.
func (r *optionReader) distinct(columns []kinds.Column) {
	seen := map[string]bool{}
	for _, c := range columns {
		if seen[c.Name] {
			r.b.l.report(r.option.at(), codeColumn, fmt.Sprintf("%s has two columns %q", r.option.what(), c.Name),
				"PostgreSQL would refuse it: the columns of a relation have names of their own.", fmt.Sprintf("write %q AS another_name in the query", c.Name))
			return
		}
		seen[c.Name] = true
	}
}

// topReader returns the reader of a block that stands by itself.
func (l *loader) topReader(t *top) *optionReader {
	use := optionUse{ownedOption: t.owned, file: t.file, app: t.app, block: t.block}
	return &optionReader{b: &builder{l: l}, option: use, uses: &uses{}, top: t}
}

// sqlDraft returns the text of an argument of a block that stands by itself.
func (r *optionReader) sqlDraft(a detect.Attr) (sqlText, bool) {
	return r.sqlDraftIn(r.option.option.Shape, r.option.block, a)
}

// sqlDraftIn returns the text of an argument with what it depends on.
func (r *optionReader) sqlDraftIn(shape detect.Shape, b *declare.Block, a detect.Attr) (sqlText, bool) {
	attr := attrOf(b, a.Name)
	if attr == nil {
		return sqlText{}, false
	}
	text, e, ok := r.sqlString(a, attr)
	t := sqlText{
		kind: a.SQL, text: text, app: r.option.app, file: r.option.file, expr: e, model: r.b.model,
		what: fmt.Sprintf("the %s of %s", strings.ReplaceAll(a.Name, "_", " "), r.option.what()), language: "sql",
	}
	if language := attrOf(b, a.Language); language != nil {
		t.language = word(strip(language.Value))
	} else if i := slices.IndexFunc(shape.Attrs, func(o detect.Attr) bool { return o.Name == a.Language && o.Default != "" }); i >= 0 {
		t.language = shape.Attrs[i].Default
	}
	if a.SQL == detect.SQLBody {
		t.args = r.argumentsOf(shape, b)
	}
	if r.top != nil {
		key, _ := r.b.l.topName(r.top, functionName)
		t.about, t.name = r.top.addr, key.name
	}
	return t, ok
}

// argumentsOf returns the arguments of the function that a body is of. What is
// wrong with them is reported where they are read.
func (r *optionReader) argumentsOf(shape detect.Shape, b *declare.Block) []kinds.Argument {
	var all []kinds.Argument
	for _, a := range shape.Attrs {
		attr := attrOf(b, a.Name)
		if attr == nil {
			continue
		}
		e := strip(attr.Value)
		switch {
		case a.Type == detect.TypeArguments:
			list, _ := r.argumentList(a, e, a.Name)
			all = append(all, list...)
		case a.Type == detect.TypeResult && e.Kind == declare.Call && e.Text == "table" && len(e.Args) == 1:
			list, _ := r.argumentList(a, strip(e.Args[0]), "table")
			all = append(all, list...)
		}
	}
	return all
}

// sqlString reads sql("..."), or a string as it is.
func (r *optionReader) sqlString(a detect.Attr, attr *declare.Attr) (string, *declare.Expr, bool) {
	e := strip(attr.Value)
	if e.Kind == declare.Call && e.Text == "sql" {
		text, ok := r.b.l.sqlText(r.option.file, e)
		if !ok {
			return "", e, false
		}
		return text, strip(e.Args[0]), true
	}
	if r.plainText(a, attr, e) {
		return "", e, false
	}
	text, ok := r.b.l.text(r.option.file, attr)
	if ok && strings.TrimSpace(text) == "" {
		r.b.l.badValue(r.option.file, attr, "SQL", `sql("...")`)
		return "", e, false
	}
	return text, e, ok
}

// writtenColumns returns the names that are written for the columns of a query.
func (r *optionReader) writtenColumns(a detect.Attr) []string {
	attr := attrOf(r.option.block, a.Columns)
	if attr == nil {
		return nil
	}
	var names []string
	for _, e := range strip(attr.Value).Args {
		names = append(names, strip(e).Text)
	}
	return names
}

// attrOf returns an argument of a block, or nil.
func attrOf(b *declare.Block, name string) *declare.Attr {
	for _, a := range b.Body.Attrs {
		if a.Name.Text == name && name != "" {
			return a
		}
	}
	return nil
}
