package express_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare/express"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

var (
	book   = address.New("model", "shop", "book")
	id     = address.New("field", "shop", "book", "id")
	author = address.New("field", "shop", "book", "author")
	shop   = []source.App{{Label: "shop", Models: "models"}}
)

func object(t *testing.T, a, parent address.Address, attrs any) *state.Object {
	t.Helper()
	encoded, err := state.Encode(attrs)
	require.NoError(t, err)
	return &state.Object{Address: a, Parent: parent, Attrs: encoded, App: "shop"}
}

func constraint(label string) address.Address {
	return address.New("constraint", "shop", "book", label)
}

// table returns the objects of a model as resolve makes them.
func table(t *testing.T) map[address.Address]*state.Object {
	key := []address.Ref{address.RefTo(id)}
	to, target := address.RefTo(id), address.RefTo(book)
	objects := map[address.Address]*state.Object{}
	for _, o := range []*state.Object{
		object(t, book, address.Address{}, kinds.Model{Schema: "public", Table: "book"}),
		object(t, id, book, kinds.Field{Column: "id", Identity: "by_default", Sequence: "book_id_seq", Type: kinds.Type{SQL: "bigint"}}),
		object(t, author, book, kinds.Field{Column: "author_id", Null: true, Type: kinds.Type{SQL: "bigint"}, Relation: &kinds.Relation{Field: &to, Target: target}}),
		object(t, constraint("pkey"), book, kinds.Constraint{Type: kinds.PrimaryKey, Name: "book_pkey", Fields: key}),
		object(t, constraint("author_id_fkey"), book, kinds.Constraint{
			Type: kinds.ForeignKey, Name: "book_author_id_fkey", Fields: []address.Ref{address.RefTo(author)}, Target: &target, TargetFields: key,
		}),
	} {
		o.Rank = len(objects)
		objects[o.Address] = o
	}
	return objects
}

// expressedTable returns what a state that was changed is expressed as.
func expressedTable(t *testing.T, change func(map[address.Address]*state.Object)) (string, []express.Omission) {
	objects := table(t)
	change(objects)
	var list []*state.Object
	for _, o := range objects {
		list = append(list, o)
	}
	documents, omitted := express.Express(state.New(list...), express.Setting{Apps: shop, Manifests: enabled()})
	return printed(t, documents), omitted
}

// What no model file can say is named, and the rest is said.
func TestOmissions(t *testing.T) {
	t.Parallel()
	unkeyed := func(text string) string {
		return "# models/shop.hcl\nmodel \"book\" {\n" + text + "}\n"
	}
	reference := "  field \"author\" {\n    type = foreign_key(book)\n    null = true\n  }\n"
	for name, c := range map[string]struct {
		change  func(map[address.Address]*state.Object)
		text    string
		omitted []express.Omission
	}{
		"nothing": {change: func(map[address.Address]*state.Object) {}, text: unkeyed(reference)},
		"no primary key": {
			change: func(objects map[address.Address]*state.Object) {
				delete(objects, constraint("pkey"))
				delete(objects, constraint("author_id_fkey"))
				delete(objects, author)
			},
			text: unkeyed("  primary_key = none\n\n  field \"id\" {\n    type     = bigint\n    identity = by_default\n  }\n"),
		},
		"a foreign key of another name": {
			change: func(objects map[address.Address]*state.Object) {
				o := objects[constraint("author_id_fkey")]
				delete(objects, o.Address)
				c, _ := state.Decode[kinds.Constraint](o)
				c.Name = "by_hand"
				objects[constraint("by_hand")] = object(t, constraint("by_hand"), book, c)
			},
			text: unkeyed("  field \"author\" {\n    type   = bigint\n    null   = true\n    column = \"author_id\"\n  }\n\n" +
				"  foreign_key \"by_hand\" {\n    fields = [author]\n    target = book\n    name   = \"by_hand\"\n  }\n"),
			omitted: []express.Omission{{Object: author, Why: "it leads to model shop.book, and not as a foreign_key in a model file does"}},
		},
		"a sequence of another name": {
			change: func(objects map[address.Address]*state.Object) {
				objects[id] = object(t, id, book, kinds.Field{Column: "id", Identity: "always", Sequence: "numbers", Type: kinds.Type{SQL: "bigint"}})
			},
			text:    unkeyed("  field \"id\" {\n    type        = bigint\n    primary_key = true\n    identity    = always\n  }\n" + reference),
			omitted: []express.Omission{{Object: id, Why: `its sequence is named "numbers", and a model file cannot say that`}},
		},
		"an index over nothing": {
			change: func(objects map[address.Address]*state.Object) {
				a := address.New("index", "shop", "book", "odd")
				gone := address.RefTo(address.New("field", "shop", "shelf", "x"))
				objects[a] = object(t, a, book, kinds.Index{Name: "book_odd", Keys: []kinds.Key{{Value: expression.Node{Kind: expression.Field, Path: []address.Ref{gone}}}}})
			},
			text: unkeyed(reference),
			omitted: []express.Omission{
				{Object: address.New("index", "shop", "book", "odd"), Why: "it names field shop.shelf.x, which is no field of its model"},
			},
		},
		"an attribute and a kind that nobody knows": {
			change: func(objects map[address.Address]*state.Object) {
				size, other := address.New("enum", "shop", "size"), address.New("stranger", "shop", "x")
				objects[size] = object(t, size, address.Address{}, map[string]any{"name": "size", "schema": "public", "values": []string{"s"}, "colour": 1})
				objects[other] = object(t, other, address.Address{}, struct{}{})
			},
			text:    unkeyed(reference),
			omitted: []express.Omission{{Object: address.New("enum", "shop", "size"), Why: `attribute "colour" is not one of its shape`}},
		},
		"an app that is none of the project": {
			change: func(objects map[address.Address]*state.Object) {
				size := address.New("enum", "kitchen", "size")
				objects[size] = object(t, size, address.Address{}, kinds.Enum{Name: "size", Schema: "public", Values: []string{"s"}})
			},
			text:    unkeyed(reference),
			omitted: []express.Omission{{Object: address.New("enum", "kitchen", "size"), Why: "nothing that a model file can say makes it"}},
		},
	} {
		text, omitted := expressedTable(t, c.change)
		require.Equal(t, c.omitted, omitted, name)
		require.Equal(t, c.text, text, name)
	}
}

// A document that comes from no text says in messages which object is meant.
func TestPlaces(t *testing.T) {
	t.Parallel()
	var list []*state.Object
	for _, o := range table(t) {
		list = append(list, o)
	}
	documents, _ := express.Express(state.New(list...), express.Setting{Apps: shop, Manifests: enabled()})
	declaration, problems := resolve.Resolve(resolve.Tree{Project: source.Project{Apps: shop}, Documents: documents}, enabled(), nil)
	require.Empty(t, problems)
	require.Equal(t, "models/shop.hcl field shop.book.author", declaration.Places[author].File)
	require.Equal(t, "models/shop.hcl model shop.book", declaration.Places[id].File)
}
