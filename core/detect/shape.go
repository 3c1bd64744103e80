package detect

// A Shape is the type of a block: what can stand in it. It is closed, so that a
// front end can check a block, point at a mistake and list what is allowed
// without asking the plugin.
type Shape struct {
	Attrs []Attr `json:"attrs,omitempty"`
}

// An Attr is an argument of a block, or a block in it.
type Attr struct {
	Name     string   `json:"name"`
	Type     AttrType `json:"type"`
	Doc      string   `json:"doc,omitempty"`
	Required bool     `json:"required,omitempty"`
	// Default is what stands for an absent argument, as the user would write it.
	// It is for the documentation; absent arguments stay absent in the attributes.
	Default string `json:"default,omitempty"`
	// OneOf lists the values of a keyword, or of each of Keywords. Of Refs they are calls
	// that can stand in place of the list, about the plural of one of Kinds: all(models)
	// is every model of the app, and any other one is in the attributes as text.
	OneOf []string `json:"one_of,omitempty"`
	// Pattern is an RE2 expression for a whole string.
	Pattern string `json:"pattern,omitempty"`
	// Min and Max bound an integer.
	Min *int64 `json:"min,omitempty"`
	Max *int64 `json:"max,omitempty"`
	// Shape is that of a Block, or of Blocks.
	Shape *Shape `json:"shape,omitempty"`
	// Kinds are those of the objects that a Ref or Refs can name, or AnyKind. Of Blocks they are
	// those that the labels name: the Label of each is then a reference, and what stands
	// in the block of a model is over the fields of that model.
	Kinds []string `json:"kinds,omitempty"`
	// Loose: the object does not depend on what a Ref names. Where the order counts,
	// its owner says so.
	Loose bool `json:"loose,omitempty"`
	// Names says that the value names the object in the database, in this class of
	// names, such as "relation" or "type"; see operation.Name. An absent one is the
	// object's label, on a model behind the table's name unless the names of the class
	// are distinct in a table only, as those of triggers are. The class "schema" is the
	// schema that the object stands in; an absent one is that of the app.
	Names string `json:"names,omitempty"`
	// SQL says what an argument of type SQL is: see the constants. One of type Strings that
	// is expressions holds those that name what is declared, besides columns, as a
	// sqltext.Text each, and the others as strings.
	SQL SQL `json:"sql,omitempty"`
	// Columns is another attribute, which gets the names of the columns that a
	// Query has, where they are not written.
	Columns string `json:"columns,omitempty"`
	// Language is another argument, which says in which language a Body is.
	Language string `json:"language,omitempty"`
	// Fill: the attributes always say it. An absent argument stands in them as its
	// default, and false, the number 0 and nothing are left out. Text without a default
	// stands as the label of the block.
	Fill bool `json:"fill,omitempty"`
	// As is another argument, the type of the value that an Expression has to have.
	As string `json:"as,omitempty"`
	// Given is another argument: the type of the word "value" in an Expression, or the
	// Refs to models each of which has the Fields.
	Given string `json:"given,omitempty"`
	// Condition says that an Expression, or SQL that is one, is true or false.
	Condition bool `json:"condition,omitempty"`
	// Example is what could be written, for messages and the documentation.
	Example string `json:"example,omitempty"`
	// Hint says that the argument is no attribute of the object but a fact about the
	// way there, for the detector that consumes a fact of its name.
	Hint bool `json:"hint,omitempty"`
	// Aspects are how an object depends on what the argument names, besides that it
	// exists: "name", "type", "definition", or "exists" for nothing else. None: all three.
	Aspects []string `json:"aspects,omitempty"`
}

// An AttrType is the type of an argument. The comment says what it becomes in
// the attributes of the object.
type AttrType string

// The types of arguments.
const (
	TypeString     AttrType = "string"     // a JSON string
	TypeBool       AttrType = "bool"       // true or false
	TypeInt        AttrType = "int"        // a JSON number without fraction
	TypeDecimal    AttrType = "decimal"    // a JSON string of the digits written
	TypeKeyword    AttrType = "keyword"    // a JSON string, one of OneOf; written as a bare word
	TypeStrings    AttrType = "strings"    // a list of strings
	TypeField      AttrType = "field"      // a reference to a field of the model
	TypeFields     AttrType = "fields"     // a list of references
	TypeModel      AttrType = "model"      // a reference to a model
	TypeExpression AttrType = "expression" // an expression.Node over the model
	TypeQuery      AttrType = "query"      // a block; an expression.Query over the model
	TypeBlock      AttrType = "block"      // a block of Shape; a JSON object
	TypeType       AttrType = "type"       // a model.Type
	TypeRef        AttrType = "ref"        // a reference to an object of one of Kinds
	TypeRefs       AttrType = "refs"       // a list of references to objects of Kinds
	TypeKeywords   AttrType = "keywords"   // a list of strings, each one of OneOf; written as bare words
	TypeSQL        AttrType = "sql"        // sql("..."); a sqltext.Text
	TypeArguments  AttrType = "arguments"  // those of a function; a list of model.Argument
	TypeResult     AttrType = "result"     // what a function returns; a model.Result
	TypeMap        AttrType = "map"        // text by text; a JSON object of strings
	TypeBlocks     AttrType = "blocks"     // blocks of Shape with labels, any number; a list of JSON objects, each with its Label
	TypeNames      AttrType = "names"      // bare words, such as names of columns; a list of strings
)

// AnyKind among the Kinds of Refs is every kind of what a name can be said of: models, their
// fields and all that stands by itself. What is named so is what the SQL of the object reads
// besides what is found in it: it is depended on as that is, and its names are not followed.
const AnyKind = "any"

// Label is the attribute with the label of a block in a block.
const Label = "label"

// A SQL says what a text in SQL is.
type SQL string

// What a text in SQL can be.
const (
	SQLQuery      SQL = "query"      // a SELECT or VALUES
	SQLExpression SQL = "expression" // a value, over the columns of the model if it stands in one
	SQLBody       SQL = "body"       // of a function, in the language of Language
	SQLStatement  SQL = "statement"  // one statement
)
