package sdk

import (
	"reflect"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
)

// The types of arguments that Go has no type for.
type (
	// A Type is a type of PostgreSQL, or one that is declared; see Declared.Type.
	Type = model.Type
	// A Ref is an object of one of the kinds in the tag kinds.
	Ref struct{ address.Ref }
	// Keywords are some of the words in the tag oneof, written without quotes.
	Keywords []string
	// Columns are those of a query that another argument has; see the tag columns.
	// Where the query does not say what it has, and nobody names them, there are none.
	Columns = []model.Column
	// Arguments are those of a function.
	Arguments = []model.Argument
	// A Returned is what a function returns.
	Returned = model.Result
	// A Map is text by text.
	Map = map[string]string
	// Names are bare words, such as those of columns.
	Names []string
	// A Label is that of a block in a block: a list of structs of which each has one
	// is any number of blocks with labels.
	Label string
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
	case reflect.TypeFor[[]Ref]():
		return detect.TypeRefs
	case reflect.TypeFor[Keywords]():
		return detect.TypeKeywords
	case reflect.TypeFor[Text]():
		return detect.TypeSQL
	case reflect.TypeFor[Arguments]():
		return detect.TypeArguments
	case reflect.TypeFor[Returned]():
		return detect.TypeResult
	case reflect.TypeFor[Map]():
		return detect.TypeMap
	case reflect.TypeFor[Names]():
		return detect.TypeNames
	}
	if t.Kind() == reflect.Slice && labelled(t.Elem()) {
		return detect.TypeBlocks
	}
	return kindOf(bare(t).Kind())
}

// blockOf returns the struct of a block, or of each block of a list.
func blockOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Slice {
		return t.Elem()
	}
	return bare(t)
}

// labelled reports whether a type is that of a block with a label.
func labelled(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		if t.Field(i).Type == reflect.TypeFor[Label]() {
			return true
		}
	}
	return false
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
