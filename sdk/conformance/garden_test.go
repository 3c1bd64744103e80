package conformance_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// A garden is a plugin that keeps every promise, in which a mutant changes one thing. It
// has an option that is made anew, one that is altered by hand, and a block that stands
// by itself.
type garden struct {
	stamp    func(*sdk.Declared[stampOptions], *sdk.Script)
	view     func(*sdk.Declared[viewOptions], *sdk.Script)
	fill     func(*sdk.Emitter[fillOptions])
	answer   func(context.Context, sdk.Pass, *sdk.Result) error
	found    func([]*sdk.Object) []*sdk.Object
	manifest func(*sdk.Manifest)
}

// stampOptions are those of stamp "label" { ... }: a trigger that writes a text.
type stampOptions struct {
	Into   sdk.FieldRef `whimbrel:"into,name" doc:"The field that is written."`
	Value  string       `whimbrel:"value" default:"changed" doc:"What is written."`
	Name   string       `whimbrel:"name" names:"function" doc:"The name of the function."`
	Schema string       `whimbrel:"schema" names:"schema" doc:"The schema of the function."`
}

// viewOptions are those of glance "label" { ... }: a view of the values of a field.
type viewOptions struct {
	Of     sdk.Ref `whimbrel:"of,type" kinds:"field" doc:"The field."`
	Name   string  `whimbrel:"name" names:"relation" doc:"The name in the database."`
	Schema string  `whimbrel:"schema" names:"schema" doc:"The schema."`
}

// fillOptions are those of fill { ... }: how full the pages of a table are.
type fillOptions struct {
	Rate int `whimbrel:"rate" min:"10" max:"100" default:"70" doc:"How full pages are, in percent."`
}

func stampScript(o *sdk.Declared[stampOptions]) sdk.Script {
	body := sdk.Body("BEGIN NEW." + o.Column(o.Options.Into) + " := " + sdk.Literal(o.Options.Value) + "; RETURN NEW; END")
	return sdk.Script{
		Create: []string{
			"CREATE FUNCTION " + o.Qualified() + "() RETURNS trigger LANGUAGE plpgsql AS " + body,
			"CREATE TRIGGER " + o.Label() + " BEFORE UPDATE ON " + o.Table() + " FOR EACH ROW EXECUTE FUNCTION " + o.Qualified() + "()",
		},
		Drop:  []string{"DROP TRIGGER " + o.Label() + " ON " + o.Table(), "DROP FUNCTION " + o.Qualified() + "()"},
		Locks: o.Locks(sdk.AccessExclusive),
	}
}

func viewScript(o *sdk.Declared[viewOptions]) sdk.Script {
	return sdk.Script{
		Create: []string{"CREATE VIEW " + o.Qualified() + " AS SELECT max(" + o.NameOf(o.Options.Of) + ") AS most FROM " + o.NameOf(o.PartOf(o.Options.Of))},
		Drop:   []string{"DROP VIEW " + o.Qualified()},
	}
}

// filled returns the statement that sets how full pages are, or sets nothing.
func filled(table string, o *sdk.Declared[fillOptions]) []string {
	if o == nil {
		return []string{"ALTER TABLE " + table + " RESET (fillfactor)"}
	}
	return []string{fmt.Sprintf("ALTER TABLE %s SET (fillfactor = %d)", table, o.Options.Rate)}
}

func fillByHand(e *sdk.Emitter[fillOptions]) {
	switch {
	case e.From == nil:
		e.Create(filled(e.To.Table(), e.To), filled(e.To.Table(), nil)).Locks(e.To.Locks(sdk.ShareUpdateExclusive)...)
	case e.To == nil:
		e.Drop(filled(e.From.Table(), nil), filled(e.From.Table(), e.From)).Locks(e.From.Locks(sdk.ShareUpdateExclusive)...)
	case e.From.Options != e.To.Options || e.Replace:
		e.Alter(filled(e.To.Table(), e.To), filled(e.To.Table(), e.From)).Locks(e.To.Locks(sdk.ShareUpdateExclusive)...)
	}
}

const fillings = `SELECT n.nspname AS schema, c.relname AS table, substr(o.option, 12) AS rate FROM pg_catalog.pg_class c
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace, LATERAL unnest(c.reloptions) AS o(option)
	WHERE c.relkind = 'r' AND o.option LIKE 'fillfactor=%'`

const stamps = `SELECT n.nspname AS schema, c.relname AS table, t.tgname AS label, p.proname AS name, f.nspname AS "in", p.prosrc AS body
	FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace WHERE NOT t.tgisinternal`

// assignment is what the function of a stamp does.
var assignment = regexp.MustCompile(`NEW\.(\w+) := '(.*)'; RETURN`)

// look says what there is in a database.
func look(catalog sdk.Catalog) ([]*sdk.Object, error) {
	var found []*sdk.Object
	add := func(kind string, on sdk.Address, label string, attrs map[string]any) {
		if o, err := sdk.ObjectOf(kind, on, label, attrs); err == nil {
			found = append(found, o)
		}
	}
	for _, row := range sdk.Rows(catalog, "fillings") {
		if m := sdk.ModelOf(catalog.State, row["schema"], row["table"]); m != nil {
			add("garden.fill", m.Address, "", map[string]any{"rate": json.Number(row["rate"])})
		}
	}
	for _, row := range sdk.Rows(catalog, "stamps") {
		m := sdk.ModelOf(catalog.State, row["schema"], row["table"])
		if m == nil {
			continue
		}
		attrs := map[string]any{"name": row["name"], "schema": row["in"]}
		if said := assignment.FindStringSubmatch(row["body"]); said != nil {
			attrs["into"], attrs["value"] = address.RefTo(m.Address.Child("field", said[1])), said[2]
		}
		add("garden.stamp", m.Address, row["label"], attrs)
	}
	for _, row := range sdk.Rows(catalog, "views") {
		if block := sdk.BlockOf(catalog.State, "garden.glance", row["schema"], row["name"]); block != nil {
			add("garden.glance", block.Address, "", map[string]any{
				"name": row["name"], "schema": row["schema"], "of": address.RefTo(address.New("field", "app", "book", "price")),
			})
		}
	}
	return found, nil
}

// grow returns the plugin.
func (g garden) grow() sdk.Detector {
	stamp := func(o *sdk.Declared[stampOptions]) sdk.Script { return scriptOf(o, stampScript, g.stamp) }
	view := func(o *sdk.Declared[viewOptions]) sdk.Script { return scriptOf(o, viewScript, g.view) }
	fill := fillByHand
	if g.fill != nil {
		fill = g.fill
	}
	good := sdk.Define("garden", "1.0.0", "Plants.",
		sdk.ModelOption("stamp", "Writes a text into a field of each row that is updated.", sdk.Recreated(stamp), sdk.Labelled()),
		sdk.ModelOption("fill", "How full pages are.", sdk.ByHand(fill)),
		sdk.AppBlock("glance", "A view of the values of a field.", sdk.Recreated(view)),
		sdk.Queries(look, sdk.CatalogQuery{Name: "fillings", SQL: fillings}, sdk.CatalogQuery{Name: "stamps", SQL: stamps}, sdk.CatalogQuery{Name: "views", SQL: views}),
	)
	m := *good.Manifest()
	m.Kinds, m.Options, m.Queries, m.Emits = slices.Clone(m.Kinds), slices.Clone(m.Options), slices.Clone(m.Queries), slices.Clone(m.Emits)
	for i, o := range m.Options {
		m.Options[i].Shape.Attrs = slices.Clone(o.Shape.Attrs)
	}
	if g.manifest != nil {
		g.manifest(&m)
	}
	return sdk.New(m, func(ctx context.Context, p sdk.Pass) (sdk.Result, error) {
		result, err := good.Detect(ctx, p)
		if g.answer != nil && (err == nil || ctx.Err() != nil) {
			err = errors.Join(err, g.answer(ctx, p, &result))
		}
		return result, err
	}, sdk.Inspecting(func(ctx context.Context, c sdk.Catalog) ([]*sdk.Object, error) {
		found, err := good.(detect.Inspector).Inspect(ctx, c)
		if g.found != nil {
			found = g.found(found)
		}
		return found, err
	}))
}

func scriptOf[T any](o *sdk.Declared[T], good func(*sdk.Declared[T]) sdk.Script, change func(*sdk.Declared[T], *sdk.Script)) sdk.Script {
	s := good(o)
	if change != nil {
		change(o, &s)
	}
	return s
}

const bed = "  field \"title\" { type = text }\n  field \"price\" { type = integer }\n"

var gardens = []conformance.Models{
	{Name: "one", Text: "model \"book\" {\n" + bed + "  stamp \"mark\" { into = title }\n  fill {}\n}\nglance \"dearest\" { of = book.price }\n"},
	{Name: "two", Text: "model \"book\" {\n" + bed + "  stamp \"mark\" {\n    into = title\n    value = \"new\"\n    name = \"renewed\"\n  }\n  fill { rate = 90 }\n}\n" +
		"model \"author\" {\n" + bed + "  stamp \"mark\" { into = title }\n  fill {}\n}\nglance \"dearest\" {\n  of = book.price\n  name = \"most\"\n}\nglance \"other\" { of = book.price }\n"},
}

func gardenSubject(t *testing.T, g garden) conformance.Subject {
	return conformance.Subject{
		Detector: g.grow(), Models: gardens, Many: 5,
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	}
}

// eachOf changes the operations of the plugin on one kind of objects.
func eachOf(kind string, change func(*sdk.Operation)) func(context.Context, sdk.Pass, *sdk.Result) error {
	return func(_ context.Context, _ sdk.Pass, r *sdk.Result) error {
		for i := range r.Operations {
			if r.Operations[i].Target.Kind() == "garden."+kind {
				change(&r.Operations[i])
			}
		}
		return nil
	}
}

// instead replaces text in the statements of a script.
func instead(s *sdk.Script, pairs ...string) {
	r := strings.NewReplacer(pairs...)
	for _, list := range [][]string{s.Create, s.Drop} {
		for i := range list {
			list[i] = r.Replace(list[i])
		}
	}
}

// asking adds a hazard with a probe.
func asking(probe string, down bool) func(context.Context, sdk.Pass, *sdk.Result) error {
	return eachOf("fill", func(o *sdk.Operation) {
		o.Hazard = append(o.Hazard, operation.Hazard{Code: operation.DataLoss, Object: o.Target, Text: "something is lost", Down: down, Probe: probe})
	})
}
