package aggregate

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// functionKind is the kind of what an aggregate calls.
const functionKind = "function"

// block is how an aggregate is written.
func block() sdk.Option {
	attrs := []sdk.Attr{
		{Name: "args", Type: detect.TypeArguments, Example: "{ value = numeric }", Doc: "The arguments in their order"},
		{Name: "order_by", Type: detect.TypeArguments, Example: "{ value = numeric }", Doc: "The arguments that an ordered-set aggregate orders by"},
		{Name: "stype", Type: detect.TypeResult, Required: true, Example: "numeric", Doc: "The type of the state"},
		reference(stateFunc, "The function that takes the state and the arguments and returns the next state"),
		space("sspace"),
		reference(finalFunc, "The function that makes the result of the last state"),
		extra("finalfunc_extra"), modify("finalfunc_modify"),
		reference(combineFunc, "The function that makes one state of two"),
		reference(serialFunc, "The function that makes bytes of a state of type internal"),
		reference(deserialFunc, "The function that makes a state of bytes"),
		{Name: "initcond", Type: detect.TypeString, Doc: "The first state, as text; without it, NULL"},
	}
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "an aggregate", Labelled: true,
		Shape: sdk.Shape{Attrs: append(append(attrs, moving()...), others()...)},
	}
}

// moving are the arguments of the mode in which rows leave the aggregate too.
func moving() []sdk.Attr {
	return []sdk.Attr{
		{Name: "mstype", Type: detect.TypeResult, Example: "numeric", Doc: "The type of the state over a moving frame"},
		reference(movingFunc, "The function that takes in a row of a moving frame"),
		reference(movingInverse, "The function that takes out a row of a moving frame"),
		space("msspace"),
		reference(movingFinal, "The function that makes the result over a moving frame"),
		extra("mfinalfunc_extra"), modify("mfinalfunc_modify"),
		{Name: "minitcond", Type: detect.TypeString, Doc: "The first state over a moving frame, as text"},
	}
}

func others() []sdk.Attr {
	return []sdk.Attr{
		{Name: "sortop", Type: detect.TypeString, Pattern: `([A-Za-z_][A-Za-z0-9_]*\.)?[-+*/<>=~!@#%^&|?]+`, Example: `"<"`, Doc: "The operator of an aggregate that is the first value in an order"},
		{Name: "parallel", Type: detect.TypeKeyword, OneOf: []string{"unsafe", "restricted", "safe"}, Default: "unsafe", Doc: "Whether it can run in parallel"},
		{Name: "hypothetical", Type: detect.TypeBool, Fill: true, Doc: "An ordered-set aggregate about a row that is not there"},
		{Name: "undeclared", Type: detect.TypeMap, Example: `{ sfunc = "array_append" }`, Doc: "The functions that nobody declares, by the argument that they stand for"},
		{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
		{Name: "name", Type: detect.TypeString, Names: string(detect.NamesFunction), Doc: "The name in the database"},
		{Name: "schema", Type: detect.TypeString, Names: string(detect.NamesSchema), Doc: "The schema that it stands in"},
	}
}

func reference(name, doc string) sdk.Attr {
	return sdk.Attr{Name: name, Type: detect.TypeRef, Kinds: []string{functionKind}, Aspects: []string{"exists"}, Example: "FUNCTION", Doc: doc}
}

func space(name string) sdk.Attr {
	least := int64(1)
	return sdk.Attr{Name: name, Type: detect.TypeInt, Min: &least, Doc: "How many bytes the planner expects of a state"}
}

func extra(name string) sdk.Attr {
	return sdk.Attr{Name: name, Type: detect.TypeBool, Fill: true, Doc: "The final function gets NULL for each argument too, of which its types follow"}
}

func modify(name string) sdk.Attr {
	return sdk.Attr{Name: name, Type: detect.TypeKeyword, OneOf: []string{"read_only", "shareable", "read_write"}, Doc: "Whether the final function changes the state"}
}
