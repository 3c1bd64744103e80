package sdk

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
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
// that they are there; without any of these words, by all three. See Attr.Aspects. Pointers, lists, maps, bools and
// arguments with a default can be left out; others can with the word optional.
// The words fill, hint, loose and condition are Attr.Fill, Attr.Hint, Attr.Loose and
// Attr.Condition.
//
// The other tags are doc, example, default, oneof (which makes a string a
// keyword), pattern, min and max, names, kinds, sql, columns, language, as and
// given; see Attr. The types are string, bool, int, int64, Decimal, []string,
// Map, FieldRef, []FieldRef, ModelRef, Ref, []Ref, Keywords, Type, Expression, Query, Text,
// Columns, Arguments, Returned, Names, structs of these, pointers to them, and lists of
// structs that have a Label, which has no tag. ShapeOf panics for anything else, and for
// tags that make no sense, and names the field.
func ShapeOf[T any]() Shape {
	shape := shapeOf(reflect.TypeFor[T]())
	refuse("", reflect.TypeFor[T](), Option{Shape: shape}.Faults())
	return shape
}

// shapeOf returns the shape of a struct that stands in others.
func shapeOf(t reflect.Type, in ...reflect.Type) Shape {
	if t == nil || t.Kind() != reflect.Struct {
		wrong("%v is no struct: give the option one whose fields are its arguments", t)
	}
	if slices.Contains(in, t) {
		wrong("%s stands in itself, and a block has an end: take it out there", t)
	}
	for i := range t.NumField() {
		spelt(t, t.Field(i))
	}
	var shape Shape
	for field := range fields(t) {
		attr := attrOf(t, field)
		if attr.Blocks() {
			inner := shapeOf(blockOf(field.Type), append(in, t)...)
			attr.Shape = &inner
		}
		shape.Attrs = append(shape.Attrs, attr)
	}
	return shape
}

// fields yields the fields of a struct that have a tag.
func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			field := t.Field(i)
			if isArgument(t, field) && !yield(field) {
				return
			}
		}
	}
}

const tagName = "whimbrel"

// tags are the others that an argument can have.
var tags = []string{
	"doc", "example", "default", "oneof", "pattern", "min", "max", "names", "kinds", "sql", "columns", "language", "as", "given",
}

// isArgument reports whether a field has our tag. One that has it in a form that Go
// does not read as a tag would be left out without a word.
func isArgument(owner reflect.Type, field reflect.StructField) bool {
	text, tagged := field.Tag.Lookup(tagName)
	if !tagged && strings.Contains(string(field.Tag), tagName+":") || tagged && text == "" {
		wrong("%s.%s: the tag %s has no name of an argument between quotes: write one", owner, field.Name, tagName)
	}
	return tagged
}

// attrOf returns the argument that a field is.
func attrOf(owner reflect.Type, field reflect.StructField) Attr {
	if !field.IsExported() {
		wrong("%s.%s: a field with a tag is exported: begin its name with a capital", owner, field.Name)
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
		wrong("%s.%s: an argument cannot be a %s: ShapeOf lists what it can be", owner, field.Name, field.Type)
	case attr.LabelsName():
		wrong("%s.%s: the labels of its blocks are names of their own: take the tag kinds out", owner, field.Name)
	case field.Tag.Get("oneof") != "":
		attr.OneOf = list(field, "oneof")
		if attr.Type == detect.TypeString {
			attr.Type = detect.TypeKeyword
		}
	}
	attr.Required = attr.Default == "" && attr.Names == "" && !leavable(field.Type)
	for _, word := range words[1:] {
		if err := take(&attr, word); err != nil {
			wrong("%s.%s: %v", owner, field.Name, err)
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
	case "condition":
		attr.Condition = true
	default:
		attr.Aspects = append(attr.Aspects, word)
		if _, err := state.ParseAspects(word); err != nil {
			return fmt.Errorf("the tag has the word %q, which there is not: the words are %s, and the aspects %s",
				word, strings.Join(tagWords, ", "), strings.Join(detect.Aspects(), ", "))
		}
	}
	return nil
}

// tagWords are what the tag can say besides aspects.
var tagWords = []string{"optional", "fill", "hint", "loose", "condition"}

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

// bound reads the tag min or max.
func bound(field reflect.StructField, name string) *int64 {
	text := field.Tag.Get(name)
	if text == "" {
		return nil
	}
	limit, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		wrong("%s: the tag %s is %q, which is no whole number: write one, or take it out", field.Name, name, text)
	}
	return &limit
}
