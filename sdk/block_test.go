package sdk_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// routine has an argument of each type that stands in blocks of an app only, or
// of those that have names.
type routine struct {
	Name     string          `whimbrel:"name" names:"function" doc:"Its name."`
	Schema   string          `whimbrel:"schema" names:"schema"`
	Takes    sdk.Arguments   `whimbrel:"arguments"`
	Gives    *sdk.Returned   `whimbrel:"returns"`
	Body     sdk.Text        `whimbrel:"body" sql:"body" language:"language" example:"sql(\"select 1\")"`
	Language string          `whimbrel:"language" oneof:"sql,plpgsql" default:"sql"`
	Query    *sdk.Text       `whimbrel:"query" sql:"query" columns:"columns"`
	Columns  sdk.Columns     `whimbrel:"columns"`
	Base     *sdk.Type       `whimbrel:"base,type"`
	First    *sdk.Expression `whimbrel:"default" as:"base"`
	Check    *sdk.Expression `whimbrel:"check" given:"base"`
	Source   *sdk.Ref        `whimbrel:"source,loose" kinds:"model,view"`
	Options  sdk.Map         `whimbrel:"options"`
	Strict   bool            `whimbrel:"strict,fill" default:"true"`
	Cost     int             `whimbrel:"cost,fill" default:"100"`
	Was      sdk.Map         `whimbrel:"was,hint"`
	Words    sdk.Names       `whimbrel:"words"`
	Steps    []step          `whimbrel:"step" doc:"A step."`
}

// step is one of the blocks in a block.
type step struct {
	Label sdk.Label
	Of    sdk.Type `whimbrel:"of,type"`
	Times int      `whimbrel:"times" default:"2"`
}

func TestShapeOfBlocks(t *testing.T) {
	t.Parallel()
	require.Equal(t, sdk.Shape{Attrs: []sdk.Attr{
		{Name: "name", Type: detect.TypeString, Names: "function", Doc: "Its name."},
		{Name: "schema", Type: detect.TypeString, Names: "schema"},
		{Name: "arguments", Type: detect.TypeArguments},
		{Name: "returns", Type: detect.TypeResult},
		{Name: "body", Type: detect.TypeSQL, SQL: detect.SQLBody, Language: "language", Example: `sql("select 1")`, Required: true},
		{Name: "language", Type: detect.TypeKeyword, OneOf: []string{"sql", "plpgsql"}, Default: "sql"},
		{Name: "query", Type: detect.TypeSQL, SQL: detect.SQLQuery, Columns: "columns"},
		{Name: "columns", Type: detect.TypeStrings},
		{Name: "base", Type: detect.TypeType, Aspects: []string{"type"}},
		{Name: "default", Type: detect.TypeExpression, As: "base"},
		{Name: "check", Type: detect.TypeExpression, Given: "base"},
		{Name: "source", Type: detect.TypeRef, Kinds: []string{"model", "view"}, Loose: true},
		{Name: "options", Type: detect.TypeMap},
		{Name: "strict", Type: detect.TypeBool, Fill: true, Default: "true"},
		{Name: "cost", Type: detect.TypeInt, Fill: true, Default: "100"},
		{Name: "was", Type: detect.TypeMap, Hint: true},
		{Name: "words", Type: detect.TypeNames},
		{Name: "step", Type: detect.TypeBlocks, Doc: "A step.", Shape: &sdk.Shape{Attrs: []sdk.Attr{
			{Name: "of", Type: detect.TypeType, Required: true, Aspects: []string{"type"}},
			{Name: "times", Type: detect.TypeInt, Default: "2"},
		}}},
	}}, sdk.ShapeOf[routine]())
}

// What is absent of what is always said is no default.
func TestArgumentsOfBlocks(t *testing.T) {
	t.Parallel()
	got, err := sdk.ConfigOf[routine](sdk.Pass{Config: []byte(`{
		"arguments":[{"name":"a","type":{"sql":"text"}}],"returns":{"set":true,"type":{"sql":"integer"}},
		"body":{"sql":["select ",{"name":{"$ref":"field shop.pizza.price"}}]},"options":{"a":"b"},"cost":7,"columns":[{"name":"n","type":"text"}],
		"source":{"$ref":"model shop.pizza"},"base":{"sql":"numeric(8,2)","dimensions":1},
		"words":["id"],"step":[{"label":"b","of":{"sql":"text"}},{"label":"a","of":{"sql":"date"},"times":1}]}`)})
	require.NoError(t, err)
	require.Equal(t, routine{
		Takes: sdk.Arguments{{Name: "a", Type: model.Type{SQL: "text"}}}, Gives: &sdk.Returned{Set: true, Type: model.Type{SQL: "integer"}},
		Body:     sqltext.New(sqltext.Literal("select "), sqltext.Hole(sqltext.Name, address.New("field", "shop", "pizza", "price"))),
		Language: "sql", Options: sdk.Map{"a": "b"}, Cost: 7, Columns: sdk.Columns{{Name: "n", Type: "text"}}, Strict: false,
		Source: &sdk.Ref{Ref: address.RefTo(address.New("model", "shop", "pizza"))}, Base: &sdk.Type{SQL: "numeric(8,2)", Dimensions: 1},
		Words: sdk.Names{"id"},
		Steps: []step{{Label: "b", Of: sdk.Type{SQL: "text"}, Times: 2}, {Label: "a", Of: sdk.Type{SQL: "date"}, Times: 1}},
	}, got)
}

// Names are those of the state that a block is in: on the way up those that are
// wanted, on the way down those that were.
func TestNamesOfEveryKind(t *testing.T) {
	t.Parallel()
	shop := func(table, view string) *sdk.State {
		pizza := address.New("model", "shop", "pizza")
		return state.New(
			&sdk.Object{Address: pizza, Attrs: []byte(`{"schema":"menu","table":"` + table + `"}`)},
			&sdk.Object{Address: pizza.Child("field", "price"), Parent: pizza, Attrs: []byte(`{"column":"Price"}`)},
			&sdk.Object{Address: pizza.Child("field", "tags"), Parent: pizza, Attrs: []byte(`{}`)},
			&sdk.Object{Address: address.New("other.view", "shop", "cheap"), Attrs: []byte(`{"name":"` + view + `","schema":"menu"}`)},
			&sdk.Object{Address: address.New("enum", "shop", "size"), Attrs: []byte(`{"name":"size","schema":"public","values":[]}`)},
			&sdk.Object{Address: address.New("schema", "menu"), Attrs: []byte(`{}`)},
			&sdk.Object{Address: address.New("copy.copy", "shop", "one"), Attrs: []byte(`{
				"text":{"sql":["select ",{"name":{"$ref":"field shop.pizza.price"}}," from ",{"qualified":{"$ref":"model shop.pizza"}},
				" join ",{"qualified":{"$ref":"other.view shop.cheap"}}," as ",{"name":{"$ref":"other.view shop.cheap"}},
				" where ",{"qualified":{"$ref":"schema menu"}}," = ",{"string":{"$ref":"other.view shop.cheap"}}]},"type":{"of":{"$ref":"enum shop.size"},"dimensions":2}}`)},
		)
	}
	type options struct {
		Text sdk.Text `whimbrel:"text" sql:"query"`
		Type sdk.Type `whimbrel:"type"`
		Tags bool     `whimbrel:"tags"`
	}
	detector := sdk.Define("copy", "1.0.0", "Copies.", sdk.AppBlock("copy", "A copy.", sdk.Recreated(func(o *sdk.Declared[options]) sdk.Script {
		if o.Options.Tags {
			o.NameOf(sdk.Ref{Ref: address.RefTo(address.New("field", "shop", "pizza", "tags"))})
		}
		return sdk.Script{
			Create: []string{o.SQLText(o.Options.Text) + " as " + o.Type(o.Options.Type)},
			Drop:   []string{"drop " + o.Name() + " " + o.Qualified()},
		}
	})))
	from, to := shop("order", "cheap"), shop("pizza", "Cheap")
	change := func(s *sdk.State) *sdk.Object { return s.Get(address.New("copy.copy", "shop", "one")) }
	result, err := detector.Detect(context.Background(), sdk.Pass{
		From: from, To: to, Changes: []sdk.Change{{Change: state.Change{Before: change(from), After: change(to)}, Replace: true}},
	})
	require.NoError(t, err)
	require.Equal(t, `select "Price" from menu."order" join menu.cheap as cheap where menu = 'menu.cheap' as public.size[][]`, result.Operations[0].Down[0].SQL)
	require.Equal(t, `select "Price" from menu.pizza join menu."Cheap" as "Cheap" where menu = 'menu."Cheap"' as public.size[][]`, result.Operations[1].Up[0].SQL)
	require.Equal(t, "drop one one", result.Operations[1].Down[0].SQL, "without a name it is called like its label")

	tagged := *change(to)
	tagged.Attrs = []byte(`{"tags":true,"text":{"sql":[]},"type":{"sql":"text"}}`)
	_, err = detector.Detect(context.Background(), sdk.Pass{From: from, To: to, Changes: []sdk.Change{{Change: state.Change{After: &tagged}}}})
	require.ErrorContains(t, err, "field shop.pizza.tags has no column")
	tagged.Attrs = []byte(`{"text":{"sql":[{"name":{"$ref":"field shop.pizza.crust"}}]},"type":{"sql":"text"}}`)
	_, err = detector.Detect(context.Background(), sdk.Pass{From: from, To: to, Changes: []sdk.Change{{Change: state.Change{After: &tagged}}}})
	require.ErrorContains(t, err, "there is no field shop.pizza.crust")
}

// Each option can have a judge of its own, and Judges is for the others.
func TestSeveralJudges(t *testing.T) {
	t.Parallel()
	nothing := func(*sdk.Declared[sdk.None]) sdk.Script { return sdk.Script{} }
	says := func(a sdk.Alikeness) sdk.Setting {
		return sdk.JudgedBy(func(*sdk.Declared[sdk.None], *sdk.Declared[sdk.None]) sdk.Alikeness { return a })
	}
	detector := sdk.Define("x", "1.0.0", "X.",
		sdk.AppBlock("a", "A.", sdk.Recreated(nothing), says(sdk.IsEqual)),
		sdk.Judges(func(*sdk.Work, *sdk.Object, *sdk.Object) sdk.Alikeness { return sdk.IsAlike }),
		sdk.AppBlock("b", "B.", sdk.Recreated(nothing), sdk.Alike(detect.Judged)),
		sdk.AppBlock("c", "C.", sdk.Recreated(nothing), sdk.JudgedBy(func(before, _ *sdk.Declared[sdk.None]) sdk.Alikeness {
			before.NameOf(sdk.Ref{Ref: address.RefTo(address.New("model", "gone"))})
			return sdk.IsEqual
		})))
	var pairs []detect.Pair
	for _, kind := range []string{"x.b", "x.a", "x.c", "x.a"} {
		o := &sdk.Object{Address: address.New(kind, "shop", "one"), Attrs: []byte("{}")}
		pairs = append(pairs, detect.Pair{Before: o, After: o})
	}
	found, err := detector.(detect.Judge).Judge(context.Background(), sdk.Comparison{From: state.New(), To: state.New(), Pairs: pairs})
	require.NoError(t, err)
	require.Equal(t, []sdk.Alikeness{sdk.IsAlike, sdk.IsEqual, sdk.IsDifferent, sdk.IsEqual}, found, "what cannot be told is different")
	_, judges := newPeaks().(detect.Judge)
	require.False(t, judges, "who judges nothing is no judge")
}
