package builtin

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A view renders SQL with the names that objects have at one moment.
type view struct {
	*work
	get func(address.Address) *state.Object
}

// find returns an object that has to be there.
func (v view) find(a address.Address) *state.Object {
	if o := v.get(a); o != nil {
		return o
	}
	v.fail(fmt.Errorf("%s is not in the state", a))
	return &state.Object{Address: a, Attrs: []byte("{}")}
}

func (v view) model(a address.Address) model.Model { return decode[model.Model](v.work, v.find(a)) }

func (v view) field(a address.Address) model.Field { return decode[model.Field](v.work, v.find(a)) }

// table returns the qualified name of a model's table as SQL.
func (v view) table(a address.Address) string {
	m := v.model(a)
	return address.Qualify(m.Schema, m.Table)
}

// column returns the name of a field's column as SQL.
func (v view) column(a address.Address) string { return address.Quote(v.field(a).Column) }

// columns returns the names of columns with commas between them.
func (v view) columns(refs []address.Ref) string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = v.column(ref.Address)
	}
	return strings.Join(names, ", ")
}

// typeSQL returns a type as SQL.
func (v view) typeSQL(t model.Type) string {
	name := t.SQL
	if t.Of != nil {
		name = v.typeName(t.Of.Address)
	}
	return name + strings.Repeat("[]", t.Dimensions)
}

// typeName returns the qualified name of an enum or domain as SQL.
func (v view) typeName(a address.Address) string {
	o := v.find(a)
	if a.Kind() == model.DomainKind {
		d := decode[model.Domain](v.work, o)
		return address.Qualify(d.Schema, d.Name)
	}
	e := decode[model.Enum](v.work, o)
	return address.Qualify(e.Schema, e.Name)
}

// printer prints expressions over the columns of one table.
func (v view) printer() expression.Printer {
	return expression.Printer{
		Field: func(path []address.Ref) (string, error) {
			if len(path) != 1 {
				return "", fmt.Errorf("%s is a field of another model", path[len(path)-1])
			}
			return v.column(path[0].Address), nil
		},
		Type: func(t address.Ref) (string, error) { return v.typeName(t.Address), nil },
	}
}

// expression returns an expression as SQL, where any expression can stand.
func (v view) expression(n expression.Node) string {
	text, err := v.printer().SQL(n)
	if err != nil {
		v.fail(err)
	}
	return text
}

// enclosed returns an expression as SQL for a place that takes operators in
// parentheses only.
func (v view) enclosed(n expression.Node) string {
	text, err := v.printer().Enclosed(n)
	if err != nil {
		v.fail(err)
	}
	return text
}

// key returns one key of an index or exclusion constraint as SQL.
func (v view) key(k model.Key) string {
	text := v.enclosed(k.Value)
	if k.Value.Kind != expression.Field && k.Value.Kind != expression.Call && !strings.HasPrefix(text, "(") {
		text = "(" + text + ")"
	}
	if k.Collate != "" {
		text += " COLLATE " + address.Quote(k.Collate)
	}
	if k.Opclass != "" {
		text += " " + opclass(k.Opclass)
	}
	if k.Desc {
		text += " DESC"
	}
	if k.Nulls != "" {
		text += " NULLS " + strings.ToUpper(k.Nulls)
	}
	if k.Operator != "" {
		text += " WITH " + k.Operator
	}
	return text
}

// plainOpclass is an operator class with or without a schema and parameters.
var plainOpclass = regexp.MustCompile(`^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?( *\([a-z0-9_ =,]*\))?$`)

func opclass(name string) string {
	if plainOpclass.MatchString(name) {
		return name
	}
	return address.Quote(name)
}

func (v view) keys(keys []model.Key) string {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = v.key(k)
	}
	return strings.Join(texts, ", ")
}

// comment returns the statement that sets a comment; without one it takes the
// comment away.
func comment(on, text string) string {
	if text == "" {
		return "COMMENT ON " + on + " IS NULL"
	}
	return "COMMENT ON " + on + " IS " + address.Literal(text)
}
