package sdk

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// The types of arguments that Go has no type for.
type (
	// A Type is a type of PostgreSQL, or one that is declared; see Declared.Type.
	Type = model.Type
	// A Ref is an object of one of the kinds in the tag kinds.
	Ref struct{ address.Ref }
	// Columns are those of a query that another argument has; see the tag columns.
	// Where the query does not say what it has, and nobody names them, there are none.
	Columns = []model.Column
	// Arguments are those of a function.
	Arguments = []model.Argument
	// A Returned is what a function returns.
	Returned = model.Result
	// A Map is text by text.
	Map = map[string]string
	// An Expression is an expression over the model that the option is in.
	Expression = expression.Node
	// A Query is a query block over that model.
	Query = expression.Query
	// A Decimal is a number, as its digits.
	Decimal string
	// A FieldRef is a field of that model.
	FieldRef struct{ address.Ref }
	// A ModelRef is a model.
	ModelRef struct{ address.Ref }
)

// ShapeOf returns the shape of a block whose arguments are the fields of the
// struct T that have a tag:
//
//	Using   *sdk.Expression `whimbrel:"using,type" doc:"The rows that are seen."`
//	Command string          `whimbrel:"command" oneof:"all,select" default:"all"`
//	Rate    int             `whimbrel:"rate" min:"1" max:"100"`
//
// The tag whimbrel holds the name of the argument, then how the object depends
// on the fields that it names: name, type, definition, or exists for no more than
// that they are there; see Attr.Aspects. Pointers, lists, maps, bools and
// arguments with a default can be left out; others can with the word optional.
// The words fill, hint and loose are Attr.Fill, Attr.Hint and Attr.Loose.
//
// The other tags are doc, example, default, oneof (which makes a string a
// keyword), pattern, min and max, names, kinds, sql, columns, language, as and
// given; see Attr. The types are string, bool, int, int64, Decimal, []string,
// Map, FieldRef, []FieldRef, ModelRef, Ref, Type, Expression, Query, Text,
// Columns, Arguments, Returned, structs of these, and pointers to them. ShapeOf panics for
// anything else.
func ShapeOf[T any]() Shape { return shapeOf(reflect.TypeFor[T]()) }

func shapeOf(t reflect.Type) Shape {
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("%s is no struct", t))
	}
	var shape Shape
	for field := range fields(t) {
		shape.Attrs = append(shape.Attrs, attrOf(t, field))
	}
	return shape
}

// fields yields the fields of a struct that have a tag.
func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if field := t.Field(i); field.Tag.Get(tagName) != "" && !yield(field) {
				return
			}
		}
	}
}

const tagName = "whimbrel"

// attrOf returns the argument that a field is.
func attrOf(owner reflect.Type, field reflect.StructField) Attr {
	if !field.IsExported() {
		panic(fmt.Sprintf("%s.%s: a field with a tag is exported", owner, field.Name))
	}
	words := strings.Split(field.Tag.Get(tagName), ",")
	attr := Attr{
		Name: words[0], Doc: field.Tag.Get("doc"), Default: field.Tag.Get("default"), Pattern: field.Tag.Get("pattern"),
		Type: typeOf(field.Type), Min: bound(field, "min"), Max: bound(field, "max"),
		Example: field.Tag.Get("example"), Names: field.Tag.Get("names"), Kinds: list(field, "kinds"),
		SQL: detect.SQL(field.Tag.Get("sql")), Columns: field.Tag.Get("columns"), Language: field.Tag.Get("language"),
		As: field.Tag.Get("as"), Given: field.Tag.Get("given"),
	}
	switch {
	case attr.Type == "":
		panic(fmt.Sprintf("%s.%s: an argument cannot be a %s", owner, field.Name, field.Type))
	case attr.Type == detect.TypeBlock:
		inner := shapeOf(bare(field.Type))
		attr.Shape = &inner
	case (attr.Type == detect.TypeSQL) != (attr.SQL != ""), (attr.Type == detect.TypeRef) != (attr.Kinds != nil):
		panic(fmt.Sprintf("%s.%s: the tag sql belongs to a Text, the tag kinds to a Ref", owner, field.Name))
	case field.Tag.Get("oneof") != "":
		attr.OneOf = list(field, "oneof")
		if attr.Type == detect.TypeString {
			attr.Type = detect.TypeKeyword
		}
	}
	attr.Required = attr.Default == "" && attr.Names == "" && !leavable(field.Type)
	for _, word := range words[1:] {
		if err := take(&attr, word); err != nil {
			panic(fmt.Sprintf("%s.%s: %v", owner, field.Name, err))
		}
	}
	return attr
}

// take adds what a word of the tag says to an argument.
func take(attr *Attr, word string) error {
	switch word {
	case "optional":
		attr.Required = false
	case "fill":
		attr.Fill, attr.Required = true, false
	case "hint":
		attr.Hint, attr.Required = true, false
	case "loose":
		attr.Loose = true
	default:
		attr.Aspects = append(attr.Aspects, word)
		_, err := state.ParseAspects(word)
		return err
	}
	return nil
}

// list reads a tag with words between commas.
func list(field reflect.StructField, name string) []string {
	text := field.Tag.Get(name)
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// leavable reports whether a type can say that nothing was written.
func leavable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Bool:
		return true
	}
	return false
}

// bare returns a type without its pointer.
func bare(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// typeOf returns the type of an argument, empty for a Go type that is none.
func typeOf(t reflect.Type) detect.AttrType {
	switch bare(t) {
	case reflect.TypeFor[Expression]():
		return detect.TypeExpression
	case reflect.TypeFor[Query]():
		return detect.TypeQuery
	case reflect.TypeFor[Decimal]():
		return detect.TypeDecimal
	case reflect.TypeFor[FieldRef]():
		return detect.TypeField
	case reflect.TypeFor[ModelRef]():
		return detect.TypeModel
	case reflect.TypeFor[[]FieldRef]():
		return detect.TypeFields
	case reflect.TypeFor[[]string](), reflect.TypeFor[Columns]():
		return detect.TypeStrings
	case reflect.TypeFor[Type]():
		return detect.TypeType
	case reflect.TypeFor[Ref]():
		return detect.TypeRef
	case reflect.TypeFor[Text]():
		return detect.TypeSQL
	case reflect.TypeFor[Arguments]():
		return detect.TypeArguments
	case reflect.TypeFor[Returned]():
		return detect.TypeResult
	case reflect.TypeFor[Map]():
		return detect.TypeMap
	}
	return kindOf(bare(t).Kind())
}

func kindOf(kind reflect.Kind) detect.AttrType {
	switch kind {
	case reflect.String:
		return detect.TypeString
	case reflect.Bool:
		return detect.TypeBool
	case reflect.Int, reflect.Int64:
		return detect.TypeInt
	case reflect.Struct:
		return detect.TypeBlock
	}
	return ""
}

// bound reads the tag min or max.
func bound(field reflect.StructField, name string) *int64 {
	text := field.Tag.Get(name)
	if text == "" {
		return nil
	}
	limit, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("%s: %s is %q, which is no whole number", field.Name, name, text))
	}
	return &limit
}
