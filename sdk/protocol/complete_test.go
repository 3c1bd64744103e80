package protocol

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A field that the core gets has to get a place in the protocol, or plugins that
// run as processes would be less than those in the program. So every field is
// filled here, whatever there is, and has to arrive.

func TestEveryFieldOfAManifestArrives(t *testing.T) {
	t.Parallel()
	var want detect.Manifest
	fill(reflect.ValueOf(&want).Elem(), 0)
	var r reader
	have := readManifest(&r, toManifest(&want))
	require.NoError(t, r.err)
	require.JSONEq(t, toJSON(t, want), toJSON(t, have))
}

func TestEveryFieldOfAResultArrives(t *testing.T) {
	t.Parallel()
	var want detect.Result
	fill(reflect.ValueOf(&want).Elem(), 0)
	var r reader
	have := readResult(&r, toResult(want))
	require.NoError(t, r.err)
	require.Equal(t, want, have)
}

func TestEveryFieldOfAComparisonArrives(t *testing.T) {
	t.Parallel()
	var want detect.Comparison
	fill(reflect.ValueOf(&want).Elem(), 0)
	want.From, want.To = state.New(want.Pairs[0].Before), state.New(want.Pairs[0].After)
	var r reader
	have := readComparison(&r, toComparison(want))
	require.NoError(t, r.err)
	require.Equal(t, objects(want.From), objects(have.From))
	require.Equal(t, objects(want.To), objects(have.To))
	have.From, have.To, want.From, want.To = nil, nil, nil, nil
	require.Equal(t, want, have)
}

func TestEveryFieldOfAPassArrives(t *testing.T) {
	t.Parallel()
	var want detect.Pass
	fill(reflect.ValueOf(&want).Elem(), 0)
	object := want.Changes[0].After
	want.From, want.To = state.New(), state.New(object)
	var r reader
	have := readPass(&r, ToPass(want))
	require.NoError(t, r.err)
	require.Equal(t, objects(want.To), objects(have.To))
	have.From, have.To, want.From, want.To = nil, nil, nil, nil
	require.Equal(t, want, have)
}

// fill sets everything in a value, lists to one element. Detectors know nothing
// of readings.
func fill(v reflect.Value, depth int) {
	if v.Type() == reflect.TypeFor[[]state.Reading]() {
		return
	}
	if known := known(v.Type()); known != nil {
		v.Set(reflect.ValueOf(known).Convert(v.Type()))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[[]operation.Operation]() && depth > 4 {
			return // an operation can be in an operation
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Pointer:
		if depth < 6 { // a shape can be in a shape
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth+1)
		}
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(2)
	default:
		panic("no value for a " + v.Type().String())
	}
}

// known returns the value for types of which not every value has a meaning.
func known(t reflect.Type) any {
	name := address.New("field", "shop", "pizza", "name")
	for _, value := range []any{
		name, json.RawMessage("{}"), operation.Alter, operation.Committed, detect.Whole, detect.OnField,
		detect.TypeBlock, detect.Judged, detect.Equal, operation.ShareRowExclusive, state.Name | state.Type, state.Put(&state.Object{
			Address: name, Parent: name, Attrs: []byte("{}"), Rank: 3, App: "shop", Version: 2, Rendering: 5,
			Refs: []state.Reference{{Target: name, Aspects: state.Exists}},
		}), state.New(),
	} {
		if reflect.TypeOf(value) == t {
			return value
		}
	}
	if t == reflect.TypeFor[detect.Attr]() {
		limit := int64(4)
		return detect.Attr{
			Name: "n", Type: detect.TypeInt, Doc: "d", Required: true, Default: "1", OneOf: []string{"a"}, Pattern: "p",
			Min: &limit, Max: &limit, Shape: &detect.Shape{Attrs: []detect.Attr{{Name: "m", Type: detect.TypeBool}}},
			Aspects: []string{"name"}, Kinds: []string{"model"}, Names: "relation", SQL: detect.SQLBody, Columns: "c",
			Language: "l", Fill: true, As: "t", Given: "t", Example: "e", Hint: true, Loose: true, Condition: true,
		}
	}
	return nil
}

func TestTheKnownArgumentIsComplete(t *testing.T) {
	t.Parallel()
	attr := reflect.ValueOf(known(reflect.TypeFor[detect.Attr]()))
	for i := range attr.NumField() {
		require.False(t, attr.Field(i).IsZero(), "give it a %s", attr.Type().Field(i).Name)
	}
}
