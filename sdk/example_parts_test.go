package sdk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

func fillfactor(o *sdk.Declared[Room]) sdk.Script {
	return sdk.Script{
		Create: []string{fmt.Sprintf("ALTER TABLE %s SET (fillfactor = %d)", o.Table(), o.Options.Percent)},
		Drop:   []string{"ALTER TABLE " + o.Table() + " RESET (fillfactor)"},
		Locks:  o.Locks(sdk.ShareUpdateExclusive),
	}
}

// The argument pages of version 0 is called percent today. Objects that migrations
// have left are upgraded before anything is compared; that alone changes nothing.
func ExampleVersion() {
	detector := sdk.Define("room", "2.0.0", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(fillfactor),
			sdk.Version(1, func(version int, attrs map[string]any) error {
				attrs["percent"] = attrs["pages"]
				delete(attrs, "pages")
				return nil
			})))
	old := &sdk.Object{Address: address.New("room.room", "shop", "pizza"), Attrs: []byte(`{"pages":80}`)}
	attrs, err := detector.(detect.Upgrader).Upgrade(context.Background(), []*sdk.Object{old})
	fmt.Println(string(attrs[0]), err)
	// Output: {"percent":80} <nil>
}

// The SQL of the first version was wrong: what is in databases is made anew.
func ExampleRendering() {
	detector := sdk.Define("room", "1.0.1", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(fillfactor), sdk.Rendering(1)))
	fmt.Println(detector.Manifest().Kinds[0].Rendering)
	// Output: 1
}

// A plugin that owns nothing: every new table can be read by everybody.
func ExampleReaction() {
	detector := sdk.Define("grants", "1.0.0", "Everybody can read.",
		sdk.Reaction("grant", func(r *sdk.Reactor) {
			r.After(
				[]string{"GRANT SELECT ON " + r.Table() + " TO PUBLIC"},
				[]string{"REVOKE SELECT ON " + r.Table() + " FROM PUBLIC"},
			)
		}, "create_model"))
	pizza := addPolicy().To.Get(address.New("model", "shop", "pizza"))
	result, err := detector.Detect(context.Background(), sdk.Pass{To: state.New(pizza), Observed: []sdk.Operation{
		{Kind: "create_model", Target: pizza.Address, Edits: []state.Edit{state.Put(pizza)}},
	}})
	for _, op := range result.Operations {
		fmt.Println(op.Kind, op.Up[0].SQL, op.Needs[0].Verb, op.Needs[0].Object)
	}
	fmt.Println(detector.Manifest().Observes, err)
	// Output:
	// grants.grant GRANT SELECT ON public."order" TO PUBLIC create model shop.pizza
	// [create_model] <nil>
}

// What there is in a database: the host runs the query, the plugin reads rows.
func ExampleQueries() {
	see := func(catalog sdk.Catalog) ([]*sdk.Object, error) {
		var found []*sdk.Object
		for _, row := range sdk.Rows(catalog, "fillfactors") {
			if m := sdk.ModelOf(catalog.State, row["schema"], row["table"]); m != nil {
				o, err := sdk.ObjectOf("room.room", m.Address, "", map[string]any{"percent": json.Number(row["percent"])})
				if err != nil {
					return nil, err
				}
				found = append(found, o)
			}
		}
		return found, nil
	}
	detector := sdk.Define("room", "1.0.0", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(fillfactor)),
		sdk.Queries(see, sdk.CatalogQuery{Name: "fillfactors", SQL: `SELECT n.nspname AS schema, c.relname AS table, o.option_value AS percent
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_options_to_table(c.reloptions) o
			WHERE o.option_name = 'fillfactor'`}))
	text := func(s string) *string { return &s }
	found, err := detector.(detect.Inspector).Inspect(context.Background(), sdk.Catalog{
		State: addPolicy().To,
		Rows: []detect.CatalogRows{{
			Query: "fillfactors", Columns: []string{"schema", "table", "percent"},
			Rows: [][]*string{{text("public"), text("order"), text("70")}},
		}},
	})
	fmt.Println(found[0].Address, string(found[0].Attrs), err)
	// Output: room.room shop.pizza {"percent":70} <nil>
}

// Locks on tables that are there are claimed, for reviewers to see.
func ExampleDeclared_Locks() {
	detector := sdk.Define("room", "1.0.0", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(fillfactor)))
	pass := addPolicy()
	room := &sdk.Object{
		Address: address.New("room.room", "shop", "pizza"), Parent: address.New("model", "shop", "pizza"),
		Attrs: []byte(`{"percent":70}`),
	}
	pass.Changes = []sdk.Change{{Change: state.Change{After: room}}}
	result, err := detector.Detect(context.Background(), pass)
	fmt.Println(result.Operations[0].Locks, err)
	// Output: [{model shop.pizza SHARE UPDATE EXCLUSIVE}] <nil>
}

// Tenant is what stands in tenant { ... } of a model.
type Tenant struct {
	Field sdk.FieldRef `whimbrel:"field" doc:"The field that says whose row it is."`
}

// One plugin states which column a table is divided by, another one reads it.
func ExampleProduces() {
	tenants := sdk.Define("tenants", "1.0.0", "Whose rows they are.",
		sdk.Produces("tenants.column"),
		sdk.ModelOption("tenant", "Whose rows they are.", sdk.ByHand(func(e *sdk.Emitter[Tenant]) {
			if e.To != nil {
				e.Create(nil, nil)
				e.State("tenants.column", e.To.Object.Parent.String(), e.To.Column(e.To.Options.Field))
			}
		})))
	comments := sdk.Define("comments", "1.0.0", "Comments.",
		sdk.Consumes("tenants.column"),
		sdk.ModelOption("explained", "A comment.", sdk.ByHand(func(e *sdk.Emitter[sdk.None]) {
			if column := e.Fact("tenants.column", e.To.Object.Parent.String()); column != nil {
				e.Create([]string{"COMMENT ON TABLE " + e.To.Table() + " IS 'divided by '" + string(column)}, nil)
			}
		})))
	fmt.Println(tenants.Manifest().Produces, comments.Manifest().Consumes)
	// Output: [tenants.column] [tenants.column]
}

// What only the user knows is asked; the answer is a fact of the next pass.
func ExampleEmitter_Ask() {
	detector := sdk.Define("owner", "1.0.0", "Who owns tables.", sdk.Consumes("default"),
		sdk.ModelOption("owned", "Gives the table away.", sdk.ByHand(func(e *sdk.Emitter[sdk.None]) {
			subject := e.To.Object.Address.String()
			if answer := e.Fact("default", subject); answer == nil {
				e.Ask(sdk.Question{
					Name: "default", Subject: subject, Text: "Who shall own the table?", Why: "The model does not say.",
					Flag: "--default shop.pizza=ROLE",
				})
				return
			}
			e.Create([]string{"ALTER TABLE " + e.To.Table() + " OWNER TO CURRENT_USER"}, nil).Irreversible("the owner before is not known")
		}), sdk.Switch()))
	pass := addPolicy()
	owned := &sdk.Object{Address: address.New("owner.owned", "shop", "pizza"), Parent: address.New("model", "shop", "pizza"), Attrs: []byte(`{}`)}
	pass.Changes = []sdk.Change{{Change: state.Change{After: owned}}}
	result, err := detector.Detect(context.Background(), pass)
	fmt.Println(result.Questions[0].Text, len(result.Operations), err)
	// Output: Who shall own the table? 0 <nil>
}

// Everything that can be said of an emitted operation.
func ExampleStep() {
	detector := sdk.Define("tidy", "1.0.0", "Clusters tables.",
		sdk.ModelOption("tidy", "Orders the rows on disk.", sdk.ByHand(func(e *sdk.Emitter[sdk.None]) {
			index := e.To.Object.Parent.Child(model.IndexKind, "by_name")
			e.Create([]string{"CLUSTER " + e.To.Table() + " USING by_name"}, nil).
				Needs(sdk.After(sdk.Create, index), sdk.Soft(sdk.Before(sdk.Drop, index))).
				Touches(index, state.Name).
				Locks(e.To.Locks(sdk.AccessExclusive)...).
				Hazard(sdk.Hazard{Code: "table_rewrite", Object: e.To.Object.Parent, Text: "the table is written anew"}).
				Irreversible("the order of rows before is not known").
				Outside()
		})))
	pass := addPolicy()
	tidy := &sdk.Object{Address: address.New("tidy.tidy", "shop", "pizza"), Parent: address.New("model", "shop", "pizza"), Attrs: []byte(`{}`)}
	pass.Changes = []sdk.Change{{Change: state.Change{After: tidy}}}
	result, err := detector.Detect(context.Background(), pass)
	op := result.Operations[0]
	fmt.Println(op.Summary, len(op.Needs), len(op.Touches), op.Locks[0].Mode, op.Hazard[0].Code, op.Transaction == operation.Outside, err)
	// Output: create tidy shop.pizza 2 1 ACCESS EXCLUSIVE table_rewrite true <nil>
}

// Settings of options, and what a plugin sees beyond its own.
func ExampleModelOption() {
	detector := sdk.Define("room", "1.0.0", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(fillfactor),
			sdk.Labelled(), sdk.Inherited(), sdk.Siblings("field"), sdk.ParentName()),
		sdk.Config[Room](), sdk.Reads("index"), sdk.Whole())
	m := detector.Manifest()
	fmt.Println(m.Options[0].Labelled, m.Options[0].Inherited, m.Kinds[0].Siblings, m.Reads, m.Locality)
	// Output: true true [field parent] [index] whole
}

// A plugin without Define that has upgrades and queries.
func ExampleNew() {
	detector := sdk.New(sdk.Manifest{Name: "plain", Version: "1.0.0", Kinds: []sdk.Kind{{Name: "plain.thing", Version: 1}}},
		func(context.Context, sdk.Pass) (sdk.Result, error) { return sdk.Result{}, nil },
		sdk.Upgrading(func(_ context.Context, old []*sdk.Object) ([]json.RawMessage, error) {
			return make([]json.RawMessage, len(old)), nil
		}),
		sdk.Inspecting(func(context.Context, sdk.Catalog) ([]*sdk.Object, error) {
			return nil, errors.New("there is nothing to see")
		}))
	_, err := detector.(detect.Inspector).Inspect(context.Background(), sdk.Catalog{})
	fmt.Println(err)
	// Output: there is nothing to see
}

// Names of tables and columns in SQL, of objects in a state.
func ExampleTableOf() {
	pass := addPolicy()
	policy := pass.Changes[0].After
	table, err := sdk.TableOf(pass.To, policy)
	fmt.Println(table, err)
	_, err = sdk.Column(policy)
	fmt.Println(err)
	fmt.Println(sdk.Qualified("Shop", "pizza"))
	// Output:
	// public."order" <nil>
	// want a field, have rls.policy shop.pizza.own
	// "Shop".pizza
}

// Storage is what stands in storage { ... } of a field.
type Storage struct {
	Kind string `whimbrel:"kind" oneof:"plain,main,external,extended" doc:"Where long values are kept."`
}

func set(o *sdk.Declared[Storage]) []string {
	return []string{"ALTER TABLE " + o.Table() + " ALTER " + o.Column(o.Parent()) + " SET STORAGE " + o.Options.Kind}
}

func reset(o *sdk.Declared[Storage]) []string {
	return []string{"ALTER TABLE " + o.Table() + " ALTER " + o.Column(o.Parent()) + " SET STORAGE DEFAULT"}
}

// All that can become of an object.
func ExampleEmitter() {
	handling := sdk.ByHand(func(e *sdk.Emitter[Storage]) {
		switch {
		case e.From == nil:
			e.Create(set(e.To), reset(e.To))
		case e.To == nil:
			e.Drop(reset(e.Was), set(e.Was))
		case e.Replace:
			e.Drop(reset(e.Was), set(e.Was))
			e.Create(set(e.To), reset(e.To))
		default:
			e.Alter(set(e.To), set(e.Back()))
		}
	})
	detector := sdk.Define("storage", "1.0.0", "Where long values are kept.", sdk.FieldOption("kept", "Where long values are kept.", handling))
	fmt.Println(detector.Manifest().Emits)
	// Output: [storage.alter_kept storage.create_kept storage.drop_kept]
}

// The changes of a pass, one kind after another.
func ExampleChanges() {
	pass := addPolicy()
	for change := range sdk.Changes(pass, "rls.policy") {
		table, err := sdk.Table(pass.To.Get(change.After.Parent))
		fmt.Println(change.Address(), "on", table, err)
	}
	// Output: rls.policy shop.pizza.own on public."order" <nil>
}

// An operation that waits for an index that somebody else makes.
func ExampleAfter() {
	need := sdk.After(sdk.Create, address.New("index", "shop", "pizza", "by_name"))
	fmt.Println("after", need.Verb, need.Object, "or it is an error:", !need.Soft)
	// Output: after create index shop.pizza.by_name or it is an error: true
}

// An operation that has to be done before somebody else drops a field.
func ExampleBefore() {
	need := sdk.Before(sdk.Drop, address.New("field", "shop", "pizza", "name"))
	fmt.Println("before", need.Verb, need.Object, need.Before)
	// Output: before drop field shop.pizza.name true
}

// A fact of another plugin is read by name and subject.
func ExampleConsumes() {
	detector := sdk.Define("comments", "1.0.0", "Comments.", sdk.Consumes("tenants.column"),
		sdk.ModelOption("explained", "A comment.", sdk.ByHand(func(e *sdk.Emitter[sdk.None]) {
			fmt.Println(string(e.Fact("tenants.column", "model shop.pizza")))
		}), sdk.Switch()))
	pass := addPolicy()
	explained := &sdk.Object{
		Address: address.New("comments.explained", "shop", "pizza"), Parent: address.New("model", "shop", "pizza"), Attrs: []byte(`{}`),
	}
	pass.Changes = []sdk.Change{{Change: state.Change{After: explained}}}
	pass.Facts = []sdk.Fact{{Name: "tenants.column", Subject: "model shop.pizza", Value: []byte(`"owner"`)}}
	_, err := detector.Detect(context.Background(), pass)
	fmt.Println(err)
	// Output:
	// "owner"
	// <nil>
}

// A fact for other plugins.
func ExampleEmitter_State() {
	detector := sdk.Define("tenants", "1.0.0", "Whose rows they are.", sdk.Produces("tenants.shared"),
		sdk.ModelOption("shared", "Rows of everybody.", sdk.ByHand(func(e *sdk.Emitter[sdk.None]) {
			e.Create(nil, nil)
			e.State("tenants.shared", e.To.Object.Parent.String(), true)
		}), sdk.Switch()))
	pass := addPolicy()
	shared := &sdk.Object{
		Address: address.New("tenants.shared", "shop", "pizza"), Parent: address.New("model", "shop", "pizza"), Attrs: []byte(`{}`),
	}
	pass.Changes = []sdk.Change{{Change: state.Change{After: shared}}}
	result, err := detector.Detect(context.Background(), pass)
	fmt.Println(result.Facts[0].Name, result.Facts[0].Subject, string(result.Facts[0].Value), err)
	// Output: tenants.shared model shop.pizza true <nil>
}
