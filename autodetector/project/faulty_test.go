package project_test

import (
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A level is an option whose SQL a test makes up.
type level struct {
	Level int `whimbrel:"level" doc:"How much."`
}

const body = "() RETURNS integer LANGUAGE sql AS 'SELECT 1'"

// recreated returns a plugin with a model option that is made and dropped anew.
func recreated(name string, script func(*sdk.Declared[level]) sdk.Script) detect.Detector {
	return sdk.Define(name, "1.0.0", "A plugin of a test.", sdk.ModelOption(name, "An option of a test.", sdk.Recreated(script), sdk.ParentName()))
}

// altered returns one whose option is altered where it is.
func altered(up, down func(*sdk.Emitter[level]) string) detect.Detector {
	set := func(table string, level int) string {
		return "ALTER TABLE " + table + " SET (fillfactor = " + strconv.Itoa(level) + ")"
	}
	return sdk.Define("fill", "1.0.0", "A plugin of a test.", sdk.ModelOption("fill", "An option of a test.", sdk.ByHand(func(e *sdk.Emitter[level]) {
		switch {
		case e.From == nil:
			e.Create([]string{set(e.To.Table(), e.To.Options.Level)}, []string{"ALTER TABLE " + e.To.Table() + " RESET (fillfactor)"})
		case e.To != nil:
			e.Alter([]string{set(up(e), e.To.Options.Level)}, []string{set(down(e), e.From.Options.Level)})
		}
	})))
}

func was(e *sdk.Emitter[level]) string { return e.From.Table() }
func is(e *sdk.Emitter[level]) string  { return e.To.Table() }

func called(o *sdk.Declared[level], prefix string) string {
	return "public." + prefix + o.Object.Address.Names()[1]
}

// What a plugin writes is run over the names of the database before anything is
// written, and the plugin is named whose SQL cannot run.
func TestFaultySQLIsFoundOffline(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		plugins       []detect.Detector
		before, after string
		want, excerpt string
	}{
		"the way forth has the table's old name": {
			plugins: []detect.Detector{altered(was, is)},
			before:  "model \"book\" {\n  fill { level = 50 }\n  field \"title\" { type = text }\n}\n",
			after:   "model \"tome\" {\n  renamed_from = book\n  fill { level = 60 }\n  field \"title\" { type = text }\n}\n",
			want: `detector "fill": fill.alter_fill fill.fill shop.tome: relation public.book is not there; ` +
				`alter_model model shop.tome of detector "model" takes it away`,
			excerpt: "Line 1 of its statement:\n\n    ALTER TABLE public.book SET (fillfactor = 60)\n                ^",
		},
		"the way back has the table's old name": {
			plugins: []detect.Detector{altered(is, was)},
			before:  "model \"book\" {\n  fill { level = 50 }\n  field \"title\" { type = text }\n}\n",
			after:   "model \"tome\" {\n  renamed_from = book\n  fill { level = 60 }\n  field \"title\" { type = text }\n}\n",
			want: `detector "fill": the way back of fill.alter_fill fill.fill shop.tome: relation public.book is not there; ` +
				`alter_model model shop.tome of detector "model" takes it away`,
			excerpt: "Line 1 of its statement:\n\n    ALTER TABLE public.book SET (fillfactor = 50)\n                ^",
		},
		"two plugins take one name": {
			plugins: []detect.Detector{recreated("one", touching), recreated("two", touching)},
			after:   "model \"book\" {\n  one { level = 1 }\n  two { level = 1 }\n  field \"title\" { type = text }\n}\n",
			want: `detector "two": two.create_two two.two shop.book: function public.touch() is there already; ` +
				`it is the name that one.create_one one.one shop.book of detector "one" gives or leaves`,
			excerpt: "Line 1 of its statement:\n\n    CREATE FUNCTION public.touch() RETURNS integer LANGUAGE sql AS 'SELECT 1'\n                    ^",
		},
		"two plugins take one name, one after the other": {
			plugins: []detect.Detector{recreated("one", touching), recreated("two", touching)},
			before:  "model \"book\" {\n  one { level = 1 }\n  field \"title\" { type = text }\n}\n",
			after:   "model \"book\" {\n  one { level = 1 }\n  two { level = 1 }\n  field \"title\" { type = text }\n}\n",
			want: `detector "two": two.create_two two.two shop.book: function public.touch() is there already; ` +
				`it is the name that one.create_one one.one shop.book of detector "one" in 20261122110000_initial gives or leaves`,
			excerpt: "Line 1 of its statement:\n\n    CREATE FUNCTION public.touch() RETURNS integer LANGUAGE sql AS 'SELECT 1'\n                    ^",
		},
		"a column is misspelt": {
			plugins: []detect.Detector{recreated("sought", func(o *sdk.Declared[level]) sdk.Script {
				return sdk.Script{Create: []string{"CREATE INDEX sought ON " + o.Table() + "\n    (id, titel)"}, Drop: []string{"DROP INDEX public.sought"}}
			})},
			before:  book,
			after:   "model \"book\" {\n  sought { level = 1 }\n  field \"title\" { type = text }\n}\n",
			want:    `detector "sought": sought.create_sought sought.sought shop.book: column public.book.titel is not there`,
			excerpt: "Line 2 of its statement:\n\n        (id, titel)\n             ^",
		},
		"the way back leaves something": {
			plugins: []detect.Detector{recreated("pair", func(*sdk.Declared[level]) sdk.Script {
				return sdk.Script{
					Create: []string{"CREATE FUNCTION public.first" + body, "CREATE FUNCTION public.second" + body},
					Drop:   []string{"DROP FUNCTION public.first()"},
				}
			})},
			after: "model \"book\" {\n  pair { level = 1 }\n  field \"title\" { type = text }\n}\n",
			want:  `detector "pair": the way back of pair.create_pair pair.pair shop.book leaves function public.second() behind`,
		},
		"there is no way back": {
			plugins: []detect.Detector{recreated("stays", func(o *sdk.Declared[level]) sdk.Script {
				return sdk.Script{Create: []string{"CREATE INDEX stays ON " + o.Table() + " (title)"}}
			})},
			after: "model \"book\" {\n  stays { level = 1 }\n  field \"title\" { type = text }\n}\n",
			want:  `detector "stays": the way back of stays.create_stays stays.stays shop.book leaves relation public.stays behind`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			enabled := shop
			for _, plugin := range c.plugins {
				enabled += "plugin \"" + plugin.Manifest().Name + "\" {}\n"
			}
			dir := written(t, enabled, c.before)
			if c.before != "" {
				made(t, opened(t, dir, inProcess(c.plugins...)), project.PlanOptions{})
			}
			write(t, dir, "models/shop.hcl", c.after)
			_, err := opened(t, dir, inProcess(c.plugins...)).Plan(t.Context(), project.PlanOptions{})
			var found diag.Diagnostic
			require.True(t, errors.As(err, &found), "%v", err)
			require.Equal(t, autodetector.Unnamed, found.Code)
			require.Equal(t, c.want, found.Summary)
			require.Contains(t, found.Detail, c.excerpt)
		})
	}
}

func touching(*sdk.Declared[level]) sdk.Script {
	return sdk.Script{Create: []string{"CREATE FUNCTION public.touch" + body}, Drop: []string{"DROP FUNCTION public.touch()"}}
}

// A function that is called as the model is dropped under the name of before the rename.
func TestWhatIsCalledAsTheModelFollows(t *testing.T) {
	t.Parallel()
	trap := recreated("trap", func(o *sdk.Declared[level]) sdk.Script {
		name := called(o, "trap_")
		return sdk.Script{Create: []string{"CREATE FUNCTION " + name + body}, Drop: []string{"DROP FUNCTION " + name + "()"}}
	})
	dir := written(t, shop+"plugin \"trap\" {}\n", "model \"book\" {\n  trap { level = 1 }\n  field \"title\" { type = text }\n}\n")
	made(t, opened(t, dir, inProcess(trap)), project.PlanOptions{})
	write(t, dir, "models/shop.hcl", "model \"tome\" {\n  renamed_from = book\n  trap { level = 1 }\n  field \"title\" { type = text }\n}\n")
	plan, err := opened(t, dir, inProcess(trap)).Plan(t.Context(), project.PlanOptions{})
	require.NoError(t, err)
	sql, _, err := migration.Render(plan.Migrations[0])
	require.NoError(t, err)
	require.Contains(t, string(sql), "\nDROP FUNCTION public.trap_book();\n")
	require.Contains(t, string(sql), "\nCREATE FUNCTION public.trap_tome"+body+";\n")
}

// An option that has another shape than before, and no new version of it, is not read as
// if it had been written today.
func TestAnotherShapeWithoutAVersion(t *testing.T) {
	t.Parallel()
	touched := func(o string) sdk.Script {
		return sdk.Script{Create: []string{"COMMENT ON TABLE public.book IS '" + o + "'"}, Drop: []string{"COMMENT ON TABLE public.book IS NULL"}}
	}
	option := func(part sdk.Part) detect.Detector { return sdk.Define("rate", "1.0.0", "A plugin of a test.", part) }
	before := option(sdk.ModelOption("rate", "An option.", sdk.Recreated(func(*sdk.Declared[level]) sdk.Script { return touched("old") })))
	type named struct {
		Size int `whimbrel:"size" doc:"How much."`
	}
	type more struct {
		Level int    `whimbrel:"level" doc:"How much."`
		Unit  string `whimbrel:"unit" doc:"Of what."`
	}
	type text struct {
		Level string `whimbrel:"level" doc:"How much."`
	}
	type fewer struct {
		Level *int `whimbrel:"level" doc:"How much."`
	}
	for name, c := range map[string]struct {
		after         detect.Detector
		written, want string
	}{
		"another name": {
			option(sdk.ModelOption("rate", "An option.", sdk.Recreated(func(*sdk.Declared[named]) sdk.Script { return touched("new") }))),
			"size = 2", `has the argument "level", which is none of it any more`,
		},
		"one more": {
			option(sdk.ModelOption("rate", "An option.", sdk.Recreated(func(*sdk.Declared[more]) sdk.Script { return touched("new") }))),
			"level = 2\n unit = \"g\"", `lacks the argument "unit", which has to be there`,
		},
		"another type": {
			option(sdk.ModelOption("rate", "An option.", sdk.Recreated(func(*sdk.Declared[text]) sdk.Script { return touched("new") }))),
			`level = "2"`, `has another type of "level" than string`,
		},
		"no change of what is there": {
			option(sdk.ModelOption("rate", "An option.", sdk.Recreated(func(*sdk.Declared[fewer]) sdk.Script { return touched("new") }))),
			"level = 2", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := written(t, shop+"plugin \"rate\" {}\n", "model \"book\" {\n  rate { level = 1 }\n}\n")
			made(t, opened(t, dir, inProcess(before)), project.PlanOptions{})
			write(t, dir, "models/shop.hcl", "model \"book\" {\n  rate {\n"+c.written+"\n }\n}\n")
			_, err := opened(t, dir, inProcess(c.after)).Plan(t.Context(), project.PlanOptions{})
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			var found diag.List
			require.True(t, errors.As(err, &found), "%v", err)
			require.Equal(t, "WH2108", found[0].Code)
			require.Equal(t, `plugin "rate" has another shape of rate.rate than the migrations, and the same version`, found[0].Summary)
			require.Contains(t, found[0].Detail, c.want)
		})
	}
}

// What cannot be followed is not taken for proven: the header says so, by operation.
func TestUnprovenSQLIsMarked(t *testing.T) {
	t.Parallel()
	dynamic := recreated("dynamic", func(*sdk.Declared[level]) sdk.Script {
		return sdk.Script{Create: []string{"DO 'BEGIN EXECUTE ''SELECT 1''; END'"}, Drop: []string{"SELECT 1"}}
	})
	dir := written(t, shop+"plugin \"dynamic\" {}\n", "model \"book\" {\n  dynamic { level = 1 }\n  field \"title\" { type = text }\n}\n")
	plan, err := opened(t, dir, inProcess(dynamic)).Plan(t.Context(), project.PlanOptions{})
	require.NoError(t, err)
	sql, _, err := migration.Render(plan.Migrations[0])
	require.NoError(t, err)
	require.Contains(t, string(sql), "\n-- whimbrel:unproven 2 a DO block, which is not followed\n")
	_, err = plan.Write(t.Context())
	require.NoError(t, err)
	_, err = opened(t, dir, inProcess(dynamic)).Plan(t.Context(), project.PlanOptions{}) // which reads the file
	require.NoError(t, err)
}
