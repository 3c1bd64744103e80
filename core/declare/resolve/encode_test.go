package resolve

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// TestEncode checks that attributes written by hand have the canonical form.
func TestEncode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := attrs{t}
		for _, value := range []any{g.field(), g.index(), g.constraint()} {
			want, err := state.Encode(value)
			if err != nil {
				t.Fatal(err)
			}
			if got := encode(value); string(got) != string(want) {
				t.Fatalf("%T\ngot  %s\nwant %s", value, got, want)
			}
		}
	})
}

// attrs draws attributes.
type attrs struct{ t *rapid.T }

func (g attrs) text() string {
	return rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[a-z <>&"\\\x00-\x1f\x7fé\x{2028}]{1,5}`), rapid.String()).Draw(g.t, "text")
}

func (g attrs) flag() bool { return rapid.Bool().Draw(g.t, "flag") }

func (g attrs) ref() address.Ref {
	return address.RefTo(address.New("field", "shop", "m"+g.text(), "f"))
}

func (g attrs) some() *address.Ref {
	if g.flag() {
		return nil
	}
	r := g.ref()
	return &r
}

func (g attrs) refs() []address.Ref {
	var list []address.Ref
	for range rapid.IntRange(0, 2).Draw(g.t, "refs") {
		list = append(list, g.ref())
	}
	return list
}

func (g attrs) node(depth int) expression.Node {
	n := expression.Node{Kind: expression.Kind(g.text()), Text: g.text(), Path: g.refs()}
	for range rapid.IntRange(0, depth).Draw(g.t, "args") {
		n.Args = append(n.Args, g.node(depth-1))
	}
	return n
}

func (g attrs) maybe() *expression.Node {
	if g.flag() {
		return nil
	}
	n := g.node(2)
	return &n
}

func (g attrs) number() *int64 {
	if g.flag() {
		return nil
	}
	n := rapid.Int64().Draw(g.t, "number")
	return &n
}

func (g attrs) field() kinds.Field {
	f := kinds.Field{
		Collate: g.text(), Column: g.text(), Comment: g.text(), Compression: g.text(), Statistics: g.number(), Storage: g.text(), Default: g.maybe(), Generated: g.maybe(), Identity: g.text(),
		Null: g.flag(), Sequence: g.text(), Type: kinds.Type{Dimensions: rapid.IntRange(0, 2).Draw(g.t, "dimensions"), Of: g.some(), Several: g.flag(), SQL: g.text()},
	}
	if g.flag() {
		f.Relation = &kinds.Relation{Field: g.some(), Many: g.flag(), Target: g.ref(), Through: g.some()}
	}
	return f
}

func (g attrs) keys(least int) []kinds.Key {
	var keys []kinds.Key
	for range rapid.IntRange(least, 2).Draw(g.t, "keys") {
		keys = append(keys, kinds.Key{Collate: g.text(), Desc: g.flag(), Nulls: g.text(), Opclass: g.text(), Operator: g.text(), Value: g.node(1)})
	}
	return keys
}

func (g attrs) index() kinds.Index {
	return kinds.Index{Include: g.refs(), Keys: g.keys(1), Method: g.text(), Name: g.text(), NullsNotDistinct: g.flag(), Unique: g.flag(), Where: g.maybe()}
}

func (g attrs) constraint() kinds.Constraint {
	return kinds.Constraint{
		Check: g.maybe(), Deferrable: g.text(), Fields: g.refs(), Include: g.refs(), Keys: g.keys(0), Method: g.text(), Name: g.text(),
		NullsNotDistinct: g.flag(), OnDelete: g.text(), OnUpdate: g.text(), Target: g.some(), TargetFields: g.refs(),
		Type: kinds.ConstraintType(g.text()), Where: g.maybe(),
	}
}
