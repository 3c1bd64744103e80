package sdk_test

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Room is what stands in room { ... } of a model.
type Room struct {
	Percent int `whimbrel:"percent" min:"10" max:"100" default:"90" doc:"How full a page is packed."`
}

// A whole plugin: what makes an object, and what takes it away.
func ExampleDefine() {
	detector := sdk.Define("room", "1.0.0", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(func(o *sdk.Declared[Room]) sdk.Script {
			return sdk.Script{
				Create: []string{"ALTER TABLE " + o.Table() + " SET (fillfactor = " + strconv.Itoa(o.Options.Percent) + ")"},
				Drop:   []string{"ALTER TABLE " + o.Table() + " RESET (fillfactor)"},
			}
		})))
	fmt.Println(detector.Manifest().Emits)
	// Output: [room.create_room room.drop_room]
}

// An option of fields, changed where it is instead of dropped and made again.
func ExampleByHand() {
	storage := func(o *sdk.Declared[struct {
		Kind string `whimbrel:"kind" oneof:"plain,main,external,extended"`
	}],
	) []string {
		return []string{"ALTER TABLE " + o.Table() + " ALTER " + o.Column(o.Parent()) + " SET STORAGE " + o.Options.Kind}
	}
	detector := sdk.Define("storage", "1.0.0", "Where long values are kept.",
		sdk.FieldOption("kept", "Where long values are kept.", sdk.ByHand(func(e *sdk.Emitter[struct {
			Kind string `whimbrel:"kind" oneof:"plain,main,external,extended"`
		}],
		) {
			switch {
			case e.From == nil:
				e.Create(storage(e.To), nil).Irreversible("the storage before is not known")
			case e.To == nil:
				e.Drop(nil, nil)
			default:
				e.Alter(storage(e.To), storage(e.From))
			}
		})))
	fmt.Println(detector.Manifest().Options[0].On, detector.Manifest().Emits)
	// Output: field [storage.alter_kept storage.create_kept storage.drop_kept]
}

// The function that all triggers of a plugin call exists as long as there is one.
func ExampleImplied() {
	detector := sdk.Define("stamp", "1.0.0", "Stamps.",
		sdk.ModelOption("stamp", "Stamps rows.", sdk.Recreated(func(o *sdk.Declared[sdk.None]) sdk.Script {
			return sdk.Script{
				Create: []string{"CREATE TRIGGER stamp BEFORE INSERT ON " + o.Table() + " FOR EACH ROW EXECUTE FUNCTION public.stamp()"},
				Drop:   []string{"DROP TRIGGER stamp ON " + o.Table()},
			}
		}), sdk.Switch()),
		sdk.Implied("stamp_function", "The function.", "stamp", sdk.Recreated(func(*sdk.Declared[sdk.None]) sdk.Script {
			return sdk.Script{
				Create: []string{"CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql AS " + sdk.Dollar("BEGIN RETURN NEW; END")},
				Drop:   []string{"DROP FUNCTION public.stamp()"},
				Names:  []string{sdk.Name("function", "public", "stamp")},
			}
		})))
	fmt.Println(detector.Manifest().Implications[0].Kind, "by", detector.Manifest().Implications[0].ByKind)
	// Output: stamp.stamp_function by stamp.stamp
}

// A struct with tags is the shape of a block.
func ExampleShapeOf() {
	shape, err := json.Marshal(sdk.ShapeOf[Room]())
	fmt.Println(string(shape), err)
	// Output: {"attrs":[{"name":"percent","type":"int","doc":"How full a page is packed.","default":"90","min":10,"max":100}]} <nil>
}

// The config block of the project file, with defaults for what is absent.
func ExampleConfigOf() {
	config, err := sdk.ConfigOf[Room](sdk.Pass{Config: []byte(`{}`)})
	fmt.Println(config.Percent, err)
	// Output: 90 <nil>
}

// Order that does not follow from references.
func ExampleSoft() {
	index := address.New("index", "shop", "pizza", "by_name")
	need := sdk.Soft(sdk.Before(sdk.Create, index))
	fmt.Println(need.Verb, need.Object, need.Before, need.Soft)
	fmt.Println(sdk.After(sdk.Drop, index).Soft)
	// Output:
	// create index shop.pizza.by_name true true
	// false
}

// The body of a function, whatever stands in it.
func ExampleDollar() {
	fmt.Println(sdk.Dollar("BEGIN END"), sdk.Dollar("SELECT $$a$$"))
	// Output: $$BEGIN END$$ $whimbrel1$SELECT $$a$$$whimbrel1$
}

// A mistake in the source of a plugin is an error with what to do about it.
func ExampleTryDefine() {
	type options struct {
		Field sdk.FieldRef `whimbrel:"field" default:"title"`
	}
	comment := func(o *sdk.Declared[options]) sdk.Script { return sdk.Script{} }
	_, err := sdk.TryDefine("notes", "1.0.0", "Notes.", sdk.ModelOption("note", "A note.", sdk.Recreated(comment)))
	fmt.Println(err)
	// Output:
	// plugin "notes": option note (kind notes.note): sdk_test.options.Field: the argument field has the default title, and is of type field: what is not written names nothing - take it out, or correct it
}

// A condition of a trigger, over the new row.
func ExampleExpression() {
	type when struct {
		When sdk.Expression `whimbrel:"when,name" doc:"The rows that count."`
	}
	detector := sdk.Define("watch", "1.0.0", "Watches rows.",
		sdk.ModelOption("watch", "Rows that are watched.", sdk.Recreated(func(o *sdk.Declared[when]) sdk.Script {
			printer := expression.Printer{Field: func(path []address.Ref) (string, error) {
				return "NEW." + o.Column(sdk.FieldRef{Ref: path[len(path)-1]}), nil
			}}
			condition, err := printer.SQL(o.Options.When)
			if err != nil {
				o.Reject("the condition cannot be written", err.Error(), "use fields and operators")
			}
			return sdk.Script{Create: []string{"CREATE TRIGGER watch ... WHEN (" + condition + ")"}}
		})))
	fmt.Println(detector.Manifest().Emits)
	// Output: [watch.create_watch watch.drop_watch]
}
