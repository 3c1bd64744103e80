package sdk_test

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Statistics is what stands in correlated "..." { ... } of a model.
type Statistics struct {
	Name   string         `whimbrel:"name,optional" doc:"The name in the database."`
	Fields []sdk.FieldRef `whimbrel:"fields,name,type" doc:"The fields whose values go together."`
}

// statistics owns extended statistics: renamed where they are, else made anew.
type statistics struct{ *sdk.Work }

func (x statistics) Create(o *sdk.Object) {
	op := sdk.Creation(o)
	op.Up, op.Down = x.create(x.To, o), operation.SQL("DROP STATISTICS "+x.name(x.To, o))
	op.Takes = x.Names(x.To, o)
	x.Emit(x.To.Managed(o), op)
}

func (x statistics) Drop(o *sdk.Object) {
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP STATISTICS "+x.name(x.From, o)), x.create(x.From, o)
	op.Frees = x.Names(x.From, o)
	x.Emit(x.From.Managed(o), op)
}

func (x statistics) Alter(before, after *sdk.Object, replace bool) {
	if replace || !sdk.SameBut(before, after, "name") {
		x.Replace(x, before, after)
		return
	}
	was, is := x.name(x.From, before), x.name(x.To, after)
	op := sdk.Alteration(after)
	op.Up = operation.SQL("ALTER STATISTICS " + was + " RENAME TO " + sdk.Ident(sdk.AttrsOf[Statistics](x.Work, after).Name))
	op.Down = operation.SQL("ALTER STATISTICS " + is + " RENAME TO " + sdk.Ident(sdk.AttrsOf[Statistics](x.Work, before).Name))
	op.Touches = sdk.Touching(after.Address, state.Name)
	sdk.Claim(&op, x.Names(x.From, before), x.Names(x.To, after))
	x.Emit(x.From.Managed(before) && x.To.Managed(after), op)
}

func (x statistics) Names(at sdk.Moment, o *sdk.Object) []string {
	return []string{sdk.Name("statistics", at.Model(o.Parent).Schema, sdk.AttrsOf[Statistics](x.Work, o).Name)}
}

func (x statistics) Aside(before, _ *sdk.Object) *sdk.Object {
	attrs := sdk.AttrsOf[Statistics](x.Work, before)
	return x.With(before, map[string]any{"name": sdk.Spare(attrs.Name), "fields": attrs.Fields})
}

func (x statistics) name(at sdk.Moment, o *sdk.Object) string {
	return sdk.Qualified(at.Model(o.Parent).Schema, sdk.AttrsOf[Statistics](x.Work, o).Name)
}

func (x statistics) create(at sdk.Moment, o *sdk.Object) []sdk.Statement {
	var fields []address.Ref
	for _, f := range sdk.AttrsOf[Statistics](x.Work, o).Fields {
		fields = append(fields, f.Ref)
	}
	return operation.SQL("CREATE STATISTICS " + x.name(at, o) + " ON " + at.Columns(fields) + " FROM " + at.Table(o.Parent))
}

func newStatistics(w *sdk.Work) sdk.Owner { return statistics{w} }

// statisticsNamed is such an object with a name in the database.
func statisticsNamed(label, name string) *sdk.Object {
	pizza := address.New("model", "shop", "pizza")
	return &sdk.Object{
		Address: pizza.Child("stats.correlated", label), Parent: pizza,
		Attrs: []byte(`{"fields":[{"$ref":"field shop.pizza.tenant"},{"$ref":"field shop.pizza.id"}],"name":"` + name + `"}`),
	}
}

// An option whose objects have names of their own: two that exchange them are
// renamed by way of a third name.
func ExampleByOwner() {
	detector := sdk.Define("stats", "1.0.0", "Extended statistics.",
		sdk.ModelOption("correlated", "Values that go together.", sdk.ByOwner[Statistics](newStatistics), sdk.Labelled()),
		sdk.Whole())
	pizza := address.New("model", "shop", "pizza")
	column := func(name string) *sdk.Object {
		return &sdk.Object{Address: pizza.Child("field", name), Parent: pizza, Attrs: []byte(`{"column":"` + name + `"}`)}
	}
	shop := state.New(addPolicy().From.Get(pizza), column("tenant"), column("id"))
	pass := sdk.Pass{From: shop, To: shop}
	for _, names := range [][3]string{{"one", "a", "b"}, {"two", "b", "a"}} {
		pass.Changes = append(pass.Changes, sdk.Change{Change: state.Change{
			Before: statisticsNamed(names[0], names[1]), After: statisticsNamed(names[0], names[2]),
		}})
	}
	result, err := detector.Detect(context.Background(), pass)
	for _, op := range result.Operations {
		fmt.Printf("%d given up, %d taken: %s\n", len(op.Frees), len(op.Takes), op.Up[0].SQL)
		fmt.Printf("  or, in a ring: %s; %s\n", op.Aside.Up[0].SQL, op.Aside.RestUp[0].SQL)
	}
	fmt.Println(err)
	// Output:
	// 1 given up, 1 taken: ALTER STATISTICS public.a RENAME TO b
	//   or, in a ring: ALTER STATISTICS public.a RENAME TO a_whimbrel_aside; ALTER STATISTICS public.a_whimbrel_aside RENAME TO b
	// 1 given up, 1 taken: ALTER STATISTICS public.b RENAME TO a
	//   or, in a ring: ALTER STATISTICS public.b RENAME TO b_whimbrel_aside; ALTER STATISTICS public.b_whimbrel_aside RENAME TO a
	// <nil>
}
