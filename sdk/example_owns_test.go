package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A function is what is known of a function: a kind that no option makes.
type function struct {
	Body    string `json:"body"`
	Comment string `json:"comment"`
}

// functions owns functions without arguments. What they return is asked.
type functions struct{ *sdk.Work }

func (x functions) Create(o *sdk.Object) {
	returns := x.Answer("code.returns", o.Address)
	if returns == nil {
		x.Ask(sdk.Question{
			Name: "code.returns", Subject: o.Address.String(), Text: "What does " + o.Address.Name() + " return?",
			Why: "It has no arguments to tell by.", Flag: "--default " + o.Address.Path() + "=VALUE",
		})
		return
	}
	attrs := sdk.AttrsOf[function](x.Work, o)
	op := sdk.Creation(o)
	op.Up = operation.SQL("CREATE FUNCTION "+o.Address.Name()+"() RETURNS "+returns.Text+" LANGUAGE sql AS "+sdk.Body(attrs.Body),
		sdk.Comment("FUNCTION "+o.Address.Name(), attrs.Comment))
	op.Down = operation.SQL("DROP FUNCTION " + o.Address.Name())
	x.State("code.made", o.Address, returns.Text)
	x.Emit(true, op)
}

func (x functions) Drop(o *sdk.Object) { x.Emit(true, sdk.Removal(o)) }

func (x functions) Alter(before, after *sdk.Object, _ bool) {
	if !sdk.Same(sdk.AttrsOf[function](x.Work, before), sdk.AttrsOf[function](x.Work, after)) {
		x.Replace(x, before, after)
	}
}

func (functions) Names(sdk.Moment, *sdk.Object) []string { return nil }

func (functions) Aside(before, _ *sdk.Object) *sdk.Object { return before }

// alike: what has the same body may be a function under another name.
func alike(w *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	if sdk.AttrsOf[function](w, before).Body == sdk.AttrsOf[function](w, after).Body {
		return sdk.IsAlike
	}
	return sdk.IsDifferent
}

func newCode() sdk.Detector {
	return sdk.Define("code", "1.0.0", "Functions.",
		sdk.Owns(sdk.Kind{Name: "code.function", Doc: "Functions without arguments.", Likeness: detect.Judged},
			func(w *sdk.Work) sdk.Owner { return functions{w} }),
		sdk.Judges(alike), sdk.Consumes("code.returns"), sdk.Produces("code.made"))
}

func functionNamed(name string) *sdk.Object {
	return &sdk.Object{Address: address.New("code.function", "shop", name), Attrs: []byte(`{"body":"SELECT 1","comment":"one"}`)}
}

// A kind that no option makes. An answer of the user comes as a fact.
func ExampleOwns() {
	one := functionNamed("one")
	result, err := newCode().Detect(context.Background(), sdk.Pass{
		To: state.New(one), Changes: []sdk.Change{{Change: state.Change{After: one}}},
		Facts: []sdk.Fact{{Name: "code.returns", Subject: one.Address.String(), Value: []byte(`{"kind":"sql","text":"integer"}`)}},
	})
	fmt.Println(result.Operations[0].Kind, string(result.Facts[0].Value), err)
	for _, statement := range result.Operations[0].Up {
		fmt.Println(statement.SQL)
	}
	// Output:
	// code.create_function "integer" <nil>
	// CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $whimbrel$
	// SELECT 1
	// $whimbrel$
	// COMMENT ON FUNCTION one IS 'one'
}

// Whether a function has another name now is for the plugin to say.
func ExampleJudges() {
	found, err := newCode().(detect.Judge).Judge(context.Background(), sdk.Comparison{
		From: state.New(functionNamed("one")), To: state.New(functionNamed("first")),
		Pairs: []detect.Pair{{Before: functionNamed("one"), After: functionNamed("first")}},
	})
	fmt.Println(found[0] == sdk.IsAlike, err)
	// Output: true <nil>
}

// The same for a detector that is a manifest and a function.
func ExampleJudging() {
	detector := sdk.New(sdk.Manifest{Name: "code"}, nil, sdk.Judging(func(_ context.Context, c sdk.Comparison) ([]sdk.Alikeness, error) {
		return make([]sdk.Alikeness, len(c.Pairs)), nil
	}))
	found, err := detector.(detect.Judge).Judge(context.Background(), sdk.Comparison{Pairs: make([]detect.Pair, 2)})
	fmt.Println(found[0] == sdk.IsDifferent, len(found), err)
	// Output: true 2 <nil>
}

// A fact that another plugin has stated, and a name for the moment of an exchange.
func ExampleFactOf() {
	one := functionNamed("one")
	_, err := sdk.Define("reader", "1.0.0", "Reads.", sdk.Consumes("code.made"), sdk.Owns(sdk.Kind{Name: "reader.function"}, func(w *sdk.Work) sdk.Owner {
		fmt.Println(*sdk.FactOf[string](w, "code.made", one.Address), sdk.FactOf[string](w, "code.made", address.New("field", "x")))
		return functions{w}
	})).Detect(context.Background(), sdk.Pass{Facts: []sdk.Fact{{Name: "code.made", Subject: one.Address.String(), Value: []byte(`"integer"`)}}})
	fmt.Println(sdk.Spare("one"), err)
	// Output:
	// integer <nil>
	// one_whimbrel_aside <nil>
}

// How objects of such a kind are written: a block with a name at the top of a model
// file.
func ExampleBlocks() {
	detector := sdk.Define("code", "1.0.0", "Functions.",
		sdk.Owns(sdk.Kind{Name: "code.function"}, func(w *sdk.Work) sdk.Owner { return functions{w} }),
		sdk.Blocks(sdk.Option{
			Name: "routine", On: detect.OnApp, Kind: "code.function", Labelled: true,
			Shape: sdk.Shape{Attrs: []sdk.Attr{{Name: "body", Type: detect.TypeString, Required: true}}},
		}))
	fmt.Println(detector.Manifest().Options[0].Name)
	// Output: routine
}
