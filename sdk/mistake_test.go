package sdk_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// What tags say that cannot be.
type (
	fieldWithDefault struct {
		Field sdk.FieldRef `whimbrel:"field" default:"name"`
	}
	fieldsWithDefault struct {
		Fields []sdk.FieldRef `whimbrel:"fields" default:"[name]"`
	}
	modelWithDefault struct {
		Of sdk.ModelRef `whimbrel:"of" default:"book"`
	}
	refWithDefault struct {
		Of sdk.Ref `whimbrel:"of" kinds:"model" default:"book"`
	}
	blockWithDefault struct {
		Inner struct{} `whimbrel:"inner" default:"{}"`
	}
	looseAndTyped struct {
		Of sdk.Ref `whimbrel:"of,loose,type" kinds:"field"`
	}
	emptyKind struct {
		Of sdk.Ref `whimbrel:"of" kinds:"field,,view"`
	}
	nameWithDefault struct {
		Name string `whimbrel:"name" names:"relation" default:"x"`
	}
	exchangedLetters struct {
		Rate int `whimbrel:"rate" defualt:"5"`
	}
	tagOfNobody struct {
		Rate int `whimbrel:"rate" colour:"red"`
	}
	misspeltItself struct {
		Rate int `whimbrl:"rate" doc:"The rate."`
	}
	exampleOfNobody struct {
		Word string `whimbrel:"word" oneof:"a,b" example:"c"`
	}
	exampleOutOfBounds struct {
		Rate int `whimbrel:"rate" min:"5" example:"1"`
	}
	exampleOfAnotherForm struct {
		Text string `whimbrel:"text" pattern:"[a-z]+" example:"\"A\""`
	}
	inItself struct {
		Inner *inItself `whimbrel:"inner"`
	}
	Shared struct {
		Rate int `whimbrel:"rate"`
	}
	embedding struct {
		Shared
		Text string `whimbrel:"text"`
	}
	escapes struct {
		Text string "whimbrel:\"text\" doc:\"Red: \x1b[31m.\""
	}
	twoFaults struct {
		Rate int    `whimbrel:"rate" min:"9" max:"1"`
		Word string `whimbrel:"word" oneof:"a,a"`
	}
	asJSONToo struct {
		Rate int `whimbrel:"rate" json:"rate"`
	}
)

// on returns the error of a plugin with an option of T.
func on[T any](settings ...sdk.Setting) func() []sdk.Part {
	return func() []sdk.Part {
		return []sdk.Part{sdk.ModelOption("a", "A.", sdk.Recreated(nothingOf[T]), settings...)}
	}
}

func parts(list ...sdk.Part) func() []sdk.Part { return func() []sdk.Part { return list } }

// Everything of the API of definitions is said wrongly once. The error names the
// plugin, the part and the argument, and says what to do.
func TestMistakesOfDefinitions(t *testing.T) {
	t.Parallel()
	nothing, option := sdk.Recreated(nothingOf[sdk.None]), func(name string) func() []sdk.Part {
		return parts(sdk.ModelOption(name, "A.", sdk.Recreated(nothingOf[sdk.None])))
	}
	inspect := func(sdk.Catalog) ([]*sdk.Object, error) { return nil, nil }
	query := func(q sdk.CatalogQuery) func() []sdk.Part { return parts(sdk.Queries(inspect, q)) }
	owner := func(*sdk.Work) sdk.Owner { return nil }
	judge := func(*sdk.Work, *sdk.Object, *sdk.Object) sdk.Alikeness { return sdk.IsEqual }
	for name, c := range map[string]struct {
		parts func() []sdk.Part
		says  string
	}{
		"default of a field":         {on[fieldWithDefault](), `plugin "x": option a (kind x.a): sdk_test.fieldWithDefault.Field: the argument field has the default name, and is of type field: what is not written names nothing - take it out`},
		"default of fields":          {on[fieldsWithDefault](), "argument fields has the default [name], and is of type fields"},
		"default of a model":         {on[modelWithDefault](), "argument of has the default book, and is of type model"},
		"default of a reference":     {on[refWithDefault](), "argument of has the default book, and is of type ref"},
		"default of a block":         {on[blockWithDefault](), "argument inner has the default {}, and is of type block"},
		"loose with an aspect":       {on[looseAndTyped](), "argument of is loose, so that the object does not depend on it, and has the aspect type"},
		"kind without a name":        {on[emptyKind](), `plugin "x": argument of of option a names a , which is no kind - correct the name of the kind`},
		"name with a default":        {on[nameWithDefault](), "argument name names the object in the database, and has a default: what nobody writes is the label"},
		"tag with letters exchanged": {on[exchangedLetters](), `plugin "x": sdk_test.exchangedLetters.Rate: there is no tag defualt, it is called default`},
		"tag of nobody":              {on[tagOfNobody](), "there is no tag colour, the tags are whimbrel, doc, example,"},
		"tag whimbrel misspelt":      {on[misspeltItself](), "sdk_test.misspeltItself.Rate: there is no tag whimbrl, it is called whimbrel"},
		"example of nobody":          {on[exampleOfNobody](), "argument word has the example c, which is none of a, b"},
		"example out of bounds":      {on[exampleOutOfBounds](), "argument rate has the example 1, which is less than 5"},
		"example of another form":    {on[exampleOfAnotherForm](), `argument text has the example "A", which is not of the form [a-z]+`},
		"block in itself":            {on[inItself](), "sdk_test.inItself stands in itself, and a block has an end"},
		"embedded arguments":         {on[embedding](), "sdk_test.embedding.Shared: it is embedded, and its arguments would not be read"},
		"description that moves":     {on[escapes](), "argument text has the description"},
		"two faults":                 {on[twoFaults](), "the argument word lists the value \"a\" twice - take it out, or correct it"},
		"no struct":                  {on[int](), "int is no struct"},
		"an interface":               {on[any](), "is no struct"},

		"renamed_from with a label": {on[renamed](sdk.Labelled()), "argument renamed_from has the name of the argument that says under which label"},
		"naming of nobody":          {on[sdk.None](sdk.Naming("nope")), "kind x.a is named by nope, which no option has - name what is there, or add it"},
		"version without upgrade":   {on[sdk.None](sdk.Version(1, nil)), `plugin "x": kind x.a has version 1, and nothing reads what the former ones have left: give its option Version(1, upgrade) with a function`},
		"version less than 0":       {on[sdk.None](sdk.Version(-1, nil)), "kind x.a has version -1"},
		"siblings of no kind":       {on[sdk.None](sdk.Siblings()), "option a: Siblings names no kind"},
		"sibling without a name":    {on[sdk.None](sdk.Siblings("")), "kind x.a depends on its siblings of kind , which is no kind"},
		"likeness without a label":  {on[sdk.None](sdk.Alike(sdk.Asked)), "kind x.a has the likeness asked, and option a has no label"},
		"judged by nil":             {on[sdk.None](sdk.Labelled(), sdk.JudgedBy[sdk.None](nil)), "option a: JudgedBy has no function"},
		"judged by nobody":          {on[sdk.None](sdk.Labelled(), sdk.Alike(detect.Judged)), "the likeness of kind x.a is judged, and nothing judges it: add JudgedBy"},
		"nil setting":               {on[sdk.None](nil), "option a (kind x.a): setting 1 is nil"},
		"recreated by nil":          {parts(sdk.ModelOption("a", "A.", sdk.Recreated[sdk.None](nil))), "option a (kind x.a): its handling has no function"},
		"by hand of nil":            {parts(sdk.FieldOption("a", "A.", sdk.ByHand[sdk.None](nil))), "its handling has no function"},
		"by owner of nil":           {parts(sdk.AppBlock("a", "A.", sdk.ByOwner[sdk.None](nil))), "its handling has no function"},
		"no handling":               {parts(sdk.ProjectBlock("a", "A.", sdk.Handling[sdk.None]{})), "its handling has no function"},
		"checked by nil":            {parts(sdk.ModelOption("a", "A.", nothing.Checked(nil))), "Checked has no function"},
		"checked owner":             {parts(sdk.ModelOption("a", "A.", sdk.ByOwner[sdk.None](owner).Checked(func(*sdk.Emitter[sdk.None]) {}))), "Checked has no function, or stands on an owner"},
		"implied by nil":            {parts(sdk.ModelOption("a", "A.", nothing), sdk.Implied("b", "B.", "a", sdk.Recreated[sdk.None](nil))), "implied x.b: its handling has no function"},
		"implied by no name":        {parts(sdk.Implied("b", "B.", "", nothing)), "is implied by a x., which is no kind"},
		"no name of an option":      {option(""), `the option cannot be called ""`},
		"a word of models":          {option("field"), "the option cannot be called field: it is a word that a model has already - choose another name"},
		"a word of fields":          {parts(sdk.FieldOption("type", "A.", nothing)), "cannot be called type: it is a word that a field has already"},
		"a word of model files":     {parts(sdk.AppBlock("model", "A.", nothing)), "cannot be called model: it is a word that an app has already"},
		"a word of the project":     {parts(sdk.ProjectBlock("plugin", "A.", nothing)), "cannot be called plugin: it is a word that a project has already"},
		"a word where it is shared": {on2("migrations", sdk.Inherited()), "cannot be called migrations: it is a word that an app has already"},
		"option and implied object": {parts(sdk.ModelOption("a", "A.", nothing), sdk.Implied("a", "A.", "a", nothing)), "two parts are called x.a: give one of them another name"},
		"an option twice by hand":   {parts(sdk.ModelOption("a", "A.", nothing), sdk.Blocks(sdk.Option{Name: "a", On: detect.OnModel, Kind: "x.a", Doc: "A."})), "option a on a model stands twice"},

		"nil part":                {parts(nil), `plugin "x": part 1 is nil: take it out`},
		"config twice":            {parts(sdk.Config[asJSONToo](), sdk.Config[asJSONToo]()), "two parts are a Config"},
		"config of a reference":   {parts(sdk.Config[ofField]()), "the configuration: sdk_test.ofField.Field: the argument field is of type field"},
		"reaction to nothing":     {parts(sdk.Reaction("r", func(*sdk.Reactor) {})), "reaction x.r: it names no operation that it reacts to"},
		"reaction of nothing":     {parts(sdk.Reaction("r", nil, "create_model")), "reaction x.r: it has no function"},
		"reaction without a name": {parts(sdk.Reaction("", func(*sdk.Reactor) {}, "create_model")), `the operation "x." does not begin with "x.", or has no name behind it`},
		"reaction to itself":      {parts(sdk.ModelOption("a", "A.", nothing), sdk.Reaction("r", func(*sdk.Reactor) {}, "x.create_a")), "the plugin reacts to x.create_a, an operation of its own - name an operation of somebody else"},
		"reaction to no name":     {parts(sdk.Reaction("r", func(*sdk.Reactor) {}, "")), "the plugin reacts to , an operation that nobody emits"},
		"owner is nil":            {parts(sdk.Owns(sdk.Kind{Name: "x.k"}, nil)), "kind x.k: Owns has no function"},
		"version of an owner":     {parts(sdk.Owns(sdk.Kind{Name: "x.k", Version: 2}, owner)), "kind x.k has version 2, and nothing reads"},
		"judges of nil":           {parts(sdk.Judges(nil)), "Judges has no function"},
		"judges of nothing":       {parts(sdk.Judges(judge)), "it has Judges, and no kind whose likeness is judged"},
		"judges twice":            {parts(sdk.Judges(judge), sdk.Judges(judge)), "two parts are Judges"},
		"queries for nil":         {parts(sdk.Queries(nil, sdk.CatalogQuery{Name: "q", SQL: "SELECT 1"})), "Queries has no function"},
		"queries without a query": {parts(sdk.Queries(inspect)), "Queries has no query"},
		"queries twice":           {parts(sdk.Queries(inspect, sdk.CatalogQuery{Name: "q", SQL: "SELECT 1"}), sdk.Queries(inspect, sdk.CatalogQuery{Name: "p", SQL: "SELECT 1"})), "two parts are Queries"},
		"a query without a name":  {query(sdk.CatalogQuery{SQL: "SELECT 1"}), `the query "" has no name, by which its answer is found - write one SELECT under a name of its own`},
		"a query without SQL":     {query(sdk.CatalogQuery{Name: "q", SQL: " -- nothing"}), `the query "q" has no SQL`},
		"a query of two":          {query(sdk.CatalogQuery{Name: "q", SQL: "SELECT 1; DROP TABLE t"}), `the query "q" is 2 statements`},
		"a query that changes":    {query(sdk.CatalogQuery{Name: "q", SQL: "DELETE FROM t"}), `the query "q" is no SELECT`},
		"a query for no server":   {query(sdk.CatalogQuery{Name: "q", SQL: "SELECT 1", MinServer: 17, MaxServer: 15}), "is for servers from version 17 to 15, which no server has"},
		"a query for less":        {query(sdk.CatalogQuery{Name: "q", SQL: "SELECT 1", MinServer: -1}), "is for servers of a version less than 0"},
		"a fact without a name":   {parts(sdk.Produces("")), `the plugin produces the fact "", which cannot be called so: its name is such as x.total`},
		"a fact of two words":     {parts(sdk.Consumes("a b")), `the plugin consumes the fact "a b"`},
		"a fact twice":            {parts(sdk.Consumes("f", "f")), "the fact that is consumed, f stands twice"},
		"reading no name":         {parts(sdk.Reads("")), "the plugin reads , which is no kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := sdk.TryDefine("x", "1.0.0", "X.", c.parts()...)
			require.ErrorContains(t, err, c.says)
			require.Nil(t, d)
			require.True(t, strings.HasPrefix(err.Error(), `plugin "x": `), err)
		})
	}
	d, err := sdk.TryDefine("x", "1.0.0", "X.", on[asJSONToo]()()...)
	require.NoError(t, err, "the tags of JSON are no mistake")
	require.Equal(t, "x", d.Manifest().Name)
}

// on2 is on for an option of another name.
func on2(name string, settings ...sdk.Setting) func() []sdk.Part {
	return parts(sdk.ModelOption(name, "A.", sdk.Recreated(nothingOf[sdk.None]), settings...))
}

// Versions are as whimbrel holds them against a constraint.
func TestVersionsOfPlugins(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"1", "1.4", "1.4.0", "0.0.0", "2.0.0-rc.1", "1.0.0+linux"} {
		_, err := sdk.TryDefine("x", good, "X.")
		require.NoError(t, err, good)
	}
	for _, bad := range []string{"", "one", "1.", "1.2.3.4", "01.2", "1.0.0-", "-1", "1 ", "99999999999"} {
		_, err := sdk.TryDefine("x", bad, "X.")
		require.ErrorContains(t, err, "the plugin has the version", bad)
		require.ErrorContains(t, err, "write a version such as 1.4.0", bad)
	}
}

// Whatever an author calls things, it is an error or a plugin, and never a panic.
func FuzzTryDefine(f *testing.F) {
	f.Add("x", "1.0.0", "a", "field", "x.create_a", "SELECT 1")
	f.Add("", "", "", "", "", "")
	f.Add("x", "1", "a b", "x.a", "parent x", "(VALUES (1)); --")
	f.Fuzz(func(t *testing.T, name, version, option, kind, operation, sql string) {
		d, err := sdk.TryDefine(name, version, option,
			sdk.ModelOption(option, kind, sdk.Recreated(nothingOf[everything]), sdk.Siblings(kind), sdk.Naming(option), sdk.Alike(detect.Likeness(kind))),
			sdk.AppBlock(kind, option, sdk.Recreated(nothingOf[sdk.None]), sdk.Types(sdk.TypeKind{Values: option, Base: kind})),
			sdk.Implied(kind, option, option, sdk.Recreated(nothingOf[sdk.None])),
			sdk.Owns(sdk.Kind{Name: kind, Members: []string{option}}, func(*sdk.Work) sdk.Owner { return nil }),
			sdk.Blocks(sdk.Option{Name: option, On: detect.Place(kind), Kind: kind, Shape: sdk.Shape{Attrs: []sdk.Attr{
				{Name: option, Type: detect.AttrType(kind), Names: kind, Default: sql, As: option, Pattern: sql, SQL: detect.SQL(kind)},
			}}}),
			sdk.Reads(kind), sdk.Produces(operation), sdk.Consumes(option), sdk.Reaction(option, func(*sdk.Reactor) {}, operation),
			sdk.Queries(func(sdk.Catalog) ([]*sdk.Object, error) { return nil, nil }, sdk.CatalogQuery{Name: option, SQL: sql}))
		if (d == nil) == (err == nil) {
			t.Fatal("neither a plugin nor an error")
		}
	})
}
