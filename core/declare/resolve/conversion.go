package resolve

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// usingArgument is the argument of a field that says what its values become when its
// type changes.
const usingArgument = "using"

// conversionOf notes the argument using of a field: it is about the way, and no part
// of what the field is.
func (l *loader) conversionOf(f *field) {
	a := f.attrs.using
	if a == nil {
		return
	}
	n, ok := l.conversion(f.file, f.app, f.addr, "using of field "+f.name).translate(a.Value)
	if !ok {
		return
	}
	if value, err := state.Encode(n); err == nil {
		l.hints = append(l.hints, source.Hint{Object: f.addr, Name: usingArgument, Value: value})
	}
}

// Conversion resolves an expression that says what the values of a field become in
// another type, such as the EXPRESSION of --using FIELD=EXPRESSION: cast(code, text).
// The field as it was is the only name in it.
func Conversion(file *declare.Document, e *declare.Expr, field address.Address) (expression.Node, diag.List) {
	l := newLoader(Tree{}, newCatalog(nil, nil))
	a := &app{App: source.App{Schema: publicSchema}, models: map[string]*model{}, types: map[string]*top{}}
	n, _ := l.conversion(file, a, field, file.Name).translate(e)
	return n, l.list().Sorted()
}

// conversion returns the scope of an expression over a field as it was.
func (l *loader) conversion(file *declare.Document, a *app, field address.Address, what string) *scope {
	return &scope{
		l: l, file: file, app: a, what: what, uses: &uses{}, old: field,
		noFields: "The only names in it are that of the field, and value for it; sql(\"...\") is taken as it is.",
	}
}
