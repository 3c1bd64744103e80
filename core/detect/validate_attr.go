package detect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/state"
)

// attrTypes are the types of arguments.
var attrTypes = []AttrType{
	TypeString, TypeBool, TypeInt, TypeDecimal, TypeKeyword, TypeStrings, TypeField, TypeFields, TypeModel, TypeExpression,
	TypeQuery, TypeBlock, TypeType, TypeRef, TypeSQL, TypeArguments, TypeResult, TypeMap,
	TypeBlocks, TypeNames, TypeRefs, TypeKeywords,
}

// wrongType says whether there is no such type, or what it needs is missing.
func (a Attr) wrongType() string {
	switch {
	case !slices.Contains(attrTypes, a.Type):
		return fmt.Sprintf("is of type %q, which there is not: the types are %s", a.Type, joined(attrTypes))
	case a.Blocks() != (a.Shape != nil):
		return fmt.Sprintf("is of type %s: a block, and nothing else, has arguments", a.Type)
	case a.names() != (len(a.Kinds) > 0) && !a.LabelsName():
		return fmt.Sprintf("is of type %s: a reference, and nothing else, says which kinds it can name (the tag kinds)", a.Type)
	}
	return ""
}

// names reports whether an argument names objects of Kinds.
func (a Attr) names() bool { return a.Type == TypeRef || a.Type == TypeRefs }

// modelKind is the kind of what has fields.
const modelKind = "model"

// LabelsName reports whether an argument is blocks whose labels name objects of Kinds.
func (a Attr) LabelsName() bool { return a.Type == TypeBlocks && len(a.Kinds) > 0 }

// Blocks reports whether an argument is written as one block or several.
func (a Attr) Blocks() bool { return a.Type == TypeBlock || a.Type == TypeBlocks }

// wrongLabel says whether an argument of blocks with labels has the name that the
// label has in the attributes.
func (a Attr) wrongLabel() string {
	if a.Type != TypeBlocks || a.Shape == nil {
		return ""
	}
	for _, inner := range a.Shape.Attrs {
		if inner.Name == Label {
			return fmt.Sprintf("has an argument %q, which is what the label of a block is called", Label)
		}
	}
	return ""
}

// sqls are what a text in SQL can be.
var sqls = []SQL{SQLQuery, SQLExpression, SQLBody, SQLStatement}

// wrongSQL says what is wrong with what is said of a text in SQL.
func (a Attr) wrongSQL() string {
	switch {
	case (a.Type == TypeStrings || a.Type == TypeString) && a.SQL == SQLExpression:
	case (a.Type == TypeSQL) != (a.SQL != ""):
		return fmt.Sprintf("is of type %s: SQL, and nothing else, says what it is (the tag sql): %s", a.Type, joined(sqls))
	case a.SQL != "" && !slices.Contains(sqls, a.SQL):
		return fmt.Sprintf("is SQL of the sort %q, which there is not: it is %s", a.SQL, joined(sqls))
	}
	return ""
}

// wrongAspects says what is wrong with how an object depends on what an argument names.
func (a Attr) wrongAspects() string {
	switch {
	case len(a.Aspects) == 0:
		return ""
	case !a.refers():
		return fmt.Sprintf("is of type %s and names nothing that an object could depend on by %s", a.Type, joined(a.Aspects))
	}
	for n, word := range a.Aspects {
		if slices.Index(a.Aspects, word) < n {
			return fmt.Sprintf("has the aspect %q twice", word)
		}
		if _, err := state.ParseAspects(word); err != nil {
			return fmt.Sprintf("has the aspect %q, which there is not: the aspects are %s", word, joined(Aspects()))
		}
	}
	return ""
}

// Aspects returns the words for how an object depends on what an argument names.
func Aspects() []string { return (state.Exists | state.Name | state.Type | state.Definition).Names() }

// refers reports whether Aspects means something for an argument. How SQL and the
// arguments of functions depend on what they name follows from what they say.
func (a Attr) refers() bool {
	switch a.Type {
	case TypeField, TypeFields, TypeModel, TypeExpression, TypeQuery, TypeType, TypeRef, TypeRefs:
		return true
	}
	return a.LabelsName()
}

// wrongWords says what is wrong with the remaining words about an argument.
func (a Attr) wrongWords() string {
	switch {
	case a.Condition && a.Type != TypeExpression && a.SQL != SQLExpression:
		return fmt.Sprintf("is of type %s and a condition, which only an expression can be", a.Type)
	case a.Loose && !a.names():
		return fmt.Sprintf("is of type %s and loose, which only a reference can be", a.Type)
	case a.Loose && len(a.Aspects) > 0:
		return fmt.Sprintf("is loose, so that the object does not depend on it, and has the aspect %s, by which it does", joined(a.Aspects))
	case a.Fill && a.Hint:
		return "is a hint, which is no attribute, and is always filled in"
	case a.Names != "" && a.Default != "":
		return "names the object in the database, and has a default: what nobody writes is the label"
	case a.Required && (a.Default != "" || a.Names != ""):
		return "has to be written, and says what it is where it is absent"
	}
	return ""
}

// joined returns words with commas between them.
func joined[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
