package sdk_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// everything has an argument of each type.
type everything struct {
	Text   string          `whimbrel:"text" pattern:"[a-z]+" doc:"Text."`
	Word   string          `whimbrel:"word" oneof:"a,b" default:"b"`
	Flag   bool            `whimbrel:"flag" default:"true"`
	Rate   int             `whimbrel:"rate" min:"1" max:"9" default:"3"`
	Limit  int64           `whimbrel:"limit,optional"`
	Price  sdk.Decimal     `whimbrel:"price,optional"`
	Names  []string        `whimbrel:"names"`
	Field  sdk.FieldRef    `whimbrel:"field,name,type"`
	Fields []sdk.FieldRef  `whimbrel:"fields"`
	Model  *sdk.ModelRef   `whimbrel:"model"`
	Using  *sdk.Expression `whimbrel:"using,type"`
	Query  *sdk.Query      `whimbrel:"query"`
	Inner  *inner          `whimbrel:"inner"`
	Note   string          // without a tag it is the plugin's own
}

type inner struct {
	Depth int `whimbrel:"depth" default:"7"`
}

func TestShapeOf(t *testing.T) {
	t.Parallel()
	one, nine := int64(1), int64(9)
	require.Equal(t, sdk.Shape{Attrs: []sdk.Attr{
		{Name: "text", Type: detect.TypeString, Required: true, Pattern: "[a-z]+", Doc: "Text."},
		{Name: "word", Type: detect.TypeKeyword, OneOf: []string{"a", "b"}, Default: "b"},
		{Name: "flag", Type: detect.TypeBool, Default: "true"},
		{Name: "rate", Type: detect.TypeInt, Min: &one, Max: &nine, Default: "3"},
		{Name: "limit", Type: detect.TypeInt},
		{Name: "price", Type: detect.TypeDecimal},
		{Name: "names", Type: detect.TypeStrings},
		{Name: "field", Type: detect.TypeField, Required: true, Aspects: []string{"name", "type"}},
		{Name: "fields", Type: detect.TypeFields},
		{Name: "model", Type: detect.TypeModel},
		{Name: "using", Type: detect.TypeExpression, Aspects: []string{"type"}},
		{Name: "query", Type: detect.TypeQuery},
		{Name: "inner", Type: detect.TypeBlock, Shape: &sdk.Shape{Attrs: []sdk.Attr{
			{Name: "depth", Type: detect.TypeInt, Default: "7"},
		}}},
	}}, sdk.ShapeOf[everything]())
}

// A tag that means nothing shows when the plugin is put together.
func TestBadTags(t *testing.T) {
	t.Parallel()
	require.PanicsWithError(t, `struct { A float64 "whimbrel:\"a\"" }.A: an argument cannot be a float64: ShapeOf lists what it can be`,
		func() {
			sdk.ShapeOf[struct {
				A float64 `whimbrel:"a"`
			}]()
		})
	require.Panics(t, func() {
		sdk.ShapeOf[struct {
			A string `whimbrel:"a,always"`
		}]()
	})
	require.Panics(t, func() {
		sdk.ShapeOf[struct {
			A int `whimbrel:"a" min:"few"`
		}]()
	})
	require.Panics(t, func() { sdk.ShapeOf[int]() })
}

// What was written is read, and what was not has its default, in blocks too.
func TestArguments(t *testing.T) {
	t.Parallel()
	got, err := sdk.ConfigOf[everything](sdk.Pass{Config: []byte(
		`{"text":"x","flag":false,"field":{"$ref":"field shop.pizza.name"},"inner":{},"price":"1.50","names":["a"]}`)})
	require.NoError(t, err)
	want := everything{
		Text: "x", Word: "b", Rate: 3, Price: "1.50", Names: []string{"a"}, Inner: &inner{Depth: 7},
		Field: sdk.FieldRef{Ref: address.RefTo(address.New("field", "shop", "pizza", "name"))},
	}
	require.Equal(t, want, got)
	_, err = sdk.ConfigOf[everything](sdk.Pass{Config: []byte(`{"rate":"many"}`)})
	require.ErrorContains(t, err, "argument rate")
}

// An operation by hand has what was said of it, and the SDK adds the rest.
func TestByHand(t *testing.T) {
	t.Parallel()
	book := &sdk.Object{Address: address.New("model", "shop", "book"), Attrs: []byte(`{"schema":"public","table":"book"}`)}
	field := &sdk.Object{Address: book.Address.Child("field", "n"), Parent: book.Address, Attrs: []byte(`{"column":"n","type":{"sql":"integer"}}`)}
	statistics := func(attrs string) *sdk.Object {
		return &sdk.Object{Address: field.Address.WithKind("stats.sampled"), Parent: field.Address, Attrs: []byte(attrs)}
	}
	before, after := statistics(`{"target":10}`), statistics(`{"target":20}`)
	result, err := newStats().Detect(context.Background(), sdk.Pass{
		From: state.New(book, field, before), To: state.New(book, field, after),
		Changes: []sdk.Change{{Change: state.Change{Before: before, After: after}}},
	})
	require.NoError(t, err)
	other := address.New(model.IndexKind, "shop", "book", "by_n")
	require.Equal(t, []sdk.Operation{{
		Kind: "stats.alter_sampled", Target: after.Address, Summary: "alter sampled shop.book.n",
		Edits: []state.Edit{state.Put(after)},
		Needs: []sdk.Need{
			{Verb: operation.Create, Object: other, Before: true, Soft: true},
		},
		Up:     operation.SQL("ALTER TABLE public.book ALTER n SET STATISTICS 20"),
		Down:   operation.SQL("ALTER TABLE public.book ALTER n SET STATISTICS 10"),
		Hazard: []sdk.Hazard{{Code: "slow", Object: after.Address, Text: "ANALYZE takes longer"}},
		Locks:  []sdk.Lock{{Object: book.Address, Mode: "SHARE UPDATE EXCLUSIVE"}},
	}}, result.Operations)
	require.Equal(t, []sdk.Fact{{Name: "stats.target", Subject: after.Address.String(), Value: []byte("20")}}, result.Facts)
}

// What is emitted for what is not there is an error that names the operation.
func TestEmittingForWhatIsNotThere(t *testing.T) {
	t.Parallel()
	o := &sdk.Object{Address: address.New("stats.sampled", "shop", "book", "n"), Attrs: []byte(`{"target":10}`)}
	for _, c := range []struct {
		emit          func(*sdk.Emitter[target]) *sdk.Step
		before, after *sdk.Object
		says          string
	}{
		{func(e *sdk.Emitter[target]) *sdk.Step { return e.Alter(nil, nil) }, nil, o, "stats.alter_sampled is emitted for an object that was not there before: emit Create, or look whether From is nil"},
		{func(e *sdk.Emitter[target]) *sdk.Step { return e.Drop(nil, nil) }, nil, o, "stats.drop_sampled is emitted for an object that was not there before: look whether From is nil"},
		{func(e *sdk.Emitter[target]) *sdk.Step { return e.Alter(nil, nil) }, o, nil, "stats.alter_sampled is emitted for an object that is not wanted: emit Drop, or look whether To is nil"},
		{func(e *sdk.Emitter[target]) *sdk.Step { return e.Create(nil, nil) }, o, nil, "stats.create_sampled is emitted for an object that is not wanted"},
	} {
		d := sdk.Define("stats", "1.0.0", "Statistics.", sdk.FieldOption("sampled", "S.", sdk.ByHand(func(e *sdk.Emitter[target]) {
			c.emit(e).Needs().Locks().Outside()
		})))
		_, err := d.Detect(context.Background(), sdk.Pass{From: state.New(), To: state.New(), Changes: []sdk.Change{{Change: state.Change{Before: c.before, After: c.after}}}})
		require.ErrorContains(t, err, "stats.sampled shop.book.n: "+c.says)
	}
}

type target struct {
	Target int `whimbrel:"target" min:"0" max:"10000"`
}

// newStats alters where it can.
func newStats() sdk.Detector {
	set := func(d *sdk.Declared[target]) []string {
		return []string{"ALTER TABLE " + d.Table() + " ALTER " + d.Column(d.Parent()) + " SET STATISTICS " + strconv.Itoa(d.Options.Target)}
	}
	return sdk.Define("stats", "1.0.0", "Statistics.",
		sdk.Produces("stats.target"),
		sdk.FieldOption("sampled", "How many values ANALYZE keeps.", sdk.ByHand(func(e *sdk.Emitter[target]) {
			if e.From == nil || e.To == nil {
				return
			}
			e.Alter(set(e.To), set(e.From)).
				Needs(sdk.Soft(sdk.Before(sdk.Create, address.New(model.IndexKind, "shop", "book", "by_n")))).
				Hazard(sdk.Hazard{Code: "slow", Object: e.To.Object.Address, Text: "ANALYZE takes longer"}).
				Locks(e.To.Locks(sdk.ShareUpdateExclusive)...)
			e.State("stats.target", e.To.Object.Address.String(), e.To.Options.Target)
		})))
}
