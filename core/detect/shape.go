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
	// OneOf lists the values of a keyword.
	OneOf []string `json:"one_of,omitempty"`
	// Pattern is an RE2 expression for a whole string.
	Pattern string `json:"pattern,omitempty"`
	// Min and Max bound an integer.
	Min *int64 `json:"min,omitempty"`
	Max *int64 `json:"max,omitempty"`
	// Shape is that of a Block.
	Shape *Shape `json:"shape,omitempty"`
	// Aspects are how an object depends on the fields that the argument names,
	// besides that they exist: "name", "type", "definition".
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
)
