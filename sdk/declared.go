package sdk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Declared is an option as somebody wrote it, in a state. Its methods return
// text for SQL, quoted; what goes wrong in them is kept and becomes the error of
// Detect, so a plugin can use them in the middle of a statement.
type Declared[T any] struct {
	// Options are the arguments, with defaults for what is absent.
	Options T
	// State and Object are where they come from.
	State  *State
	Object *Object

	past    bool   // it is how the option was, not how it is wanted
	label   string // that it had; empty: the one that the object has
	trouble *trouble
}

// trouble is what went wrong with one change.
type trouble struct {
	err   error
	found diag.List
}

// keep keeps an error as one line with those before it, each once.
func (t *trouble) keep(err error) {
	switch {
	case err == nil || t.err != nil && slices.Contains(strings.Split(t.err.Error(), "; "), err.Error()):
	case t.err == nil:
		t.err = err
	default:
		t.err = fmt.Errorf("%w; %w", t.err, err)
	}
}

func (t *trouble) fail(format string, args ...any) { t.keep(fmt.Errorf(format, args...)) }

func declared[T any](s *State, o *Object, t *trouble) (*Declared[T], error) {
	if o == nil {
		return nil, nil
	}
	options, err := decodeTagged[T](o.Attrs)
	if err != nil {
		return nil, err
	}
	return &Declared[T]{Options: options, State: s, Object: o, trouble: t}, nil
}

// Label returns the name of a labelled option as an identifier.
func (d *Declared[T]) Label() string { return Ident(cmp.Or(d.label, d.Object.Address.Name())) }

// Model returns what is known of the model that the option is in.
func (d *Declared[T]) Model() model.Model {
	o := modelOf(d.State, d.Object)
	if o == nil {
		d.trouble.fail("it is not part of a model")
		return model.Model{}
	}
	return attributes[model.Model](d, o.Address)
}

// Table returns schema.table of the model that the option is in.
func (d *Declared[T]) Table() string {
	m := d.Model()
	return Qualified(m.Schema, m.Table)
}

// Field returns what is known of a field.
func (d *Declared[T]) Field(ref FieldRef) model.Field {
	return attributes[model.Field](d, ref.Address)
}

// Parent returns the field that a field option is on.
func (d *Declared[T]) Parent() FieldRef { return FieldRef{address.RefTo(d.Object.Parent)} }

// Column returns the column of a field.
func (d *Declared[T]) Column(ref FieldRef) string {
	column, err := Column(d.State.Get(ref.Address))
	d.trouble.keep(err)
	return column
}

// TableOf returns schema.table of a model that an argument names.
func (d *Declared[T]) TableOf(ref ModelRef) string {
	table, err := Table(d.State.Get(ref.Address))
	d.trouble.keep(err)
	return table
}

// SQL returns an expression over the option's own table, empty for nil. One that
// follows a foreign key is a mistake in the models.
func (d *Declared[T]) SQL(e *Expression) string {
	if e == nil {
		return ""
	}
	text, err := expression.Printer{Field: d.path, Type: d.typeName}.SQL(*e)
	var mistake Diagnostic
	if errors.As(err, &mistake) {
		if d.past {
			d.trouble.keep(mistake) // nobody can mend the past
		}
		d.Reject(mistake.Summary, mistake.Detail, mistake.Next)
		return ""
	}
	d.trouble.keep(err)
	return text
}

func (d *Declared[T]) path(path []address.Ref) (string, error) {
	if len(path) > 1 {
		return "", Diagnostic{
			Summary: fmt.Sprintf("%s reads %s of another model", detect.Called(d.Object.Address), path[len(path)-1].Path()),
			Detail:  "PostgreSQL lets it read the columns of its own table only.",
			Next:    "use fields of this model",
		}
	}
	return Column(d.State.Get(path[0].Address))
}

func (d *Declared[T]) typeName(ref address.Ref) (string, error) {
	o := d.State.Get(ref.Address)
	if o == nil {
		return "", fmt.Errorf("there is no %s", ref)
	}
	named, err := state.Decode[struct{ Schema, Name string }](o)
	return Qualified(named.Schema, named.Name), err
}

// Reject reports a mistake in the models: what is wrong, why, and what to do. No
// operation of the change is used then. How the option was is not judged.
func (d *Declared[T]) Reject(summary, why, next string) {
	if d.past {
		return
	}
	d.trouble.found = append(d.trouble.found, Diagnostic{
		Severity: diag.Error, Code: codeRejected, Summary: summary, Detail: why, Next: next, Address: d.Object.Address.String(),
	})
}

// codeRejected is the code of what a plugin does not take.
const codeRejected = "WH4060"

func attributes[A, T any](d *Declared[T], a address.Address) A {
	o := d.State.Get(a)
	if o == nil {
		d.trouble.fail("there is no %s", a)
		return *new(A)
	}
	attrs, err := state.Decode[A](o)
	d.trouble.keep(err)
	return attrs
}
