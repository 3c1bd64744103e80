package sdk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// shape returns what panics for the tags of a struct.
func shape[T any]() func() { return func() { sdk.ShapeOf[T]() } }

// defined returns what panics for a plugin of parts.
func defined(parts ...sdk.Part) func() {
	return func() { sdk.Define("x", "1.0.0", "X.", parts...) }
}

func nothingOf[T any](*sdk.Declared[T]) sdk.Script { return sdk.Script{} }

func onApp[T any](settings ...sdk.Setting) func() {
	return defined(sdk.AppBlock("a", "A.", sdk.Recreated(nothingOf[T]), settings...))
}

func onModel[T any](settings ...sdk.Setting) func() {
	return defined(sdk.ModelOption("a", "A.", sdk.Recreated(nothingOf[T]), settings...))
}

// What each tag can say wrongly.
type (
	patternOfNothing struct {
		Text string `whimbrel:"text" pattern:"[a-"`
	}
	patternOfNumbers struct {
		Number int `whimbrel:"number" pattern:"[a-z]"`
	}
	noNumber struct {
		Rate int `whimbrel:"rate" min:"9" max:"1"`
	}
	boundedText struct {
		Text string `whimbrel:"text" max:"9"`
	}
	defaultOutOfBounds struct {
		Rate int `whimbrel:"rate" min:"1" max:"9" default:"10"`
	}
	defaultOfAnotherType struct {
		Rate int `whimbrel:"rate" default:"many"`
	}
	defaultNotListed struct {
		Word string `whimbrel:"word" oneof:"a,b" default:"c"`
	}
	defaultNotOfTheForm struct {
		Text string `whimbrel:"text" pattern:"[a-z]+" default:"A"`
	}
	defaultNoBool struct {
		Flag bool `whimbrel:"flag" default:"yes"`
	}
	twiceListed struct {
		Word string `whimbrel:"word" oneof:"a,b,a"`
	}
	constantsListed struct {
		Word string `whimbrel:"word" oneof:"all,true"`
	}
	noValueListed struct {
		Word string `whimbrel:"word" oneof:"null"`
	}
	aspectTwice struct {
		Field sdk.FieldRef `whimbrel:"field,type,name,type"`
	}
	blankInList struct {
		Word string `whimbrel:"word" oneof:"a, b"`
	}
	twiceCalled struct {
		One string `whimbrel:"one"`
		Two string `whimbrel:"one"`
	}
	noName struct {
		One string `whimbrel:"per cent"`
	}
	selects struct {
		Text sdk.Text `whimbrel:"text" sql:"select"`
	}
	sqlOfNothing struct {
		Text sdk.Text `whimbrel:"text"`
	}
	sqlOfText struct {
		Text string `whimbrel:"text" sql:"query"`
	}
	refOfNothing struct {
		Of sdk.Ref `whimbrel:"of"`
	}
	kindsOfText struct {
		Of string `whimbrel:"of" kinds:"model"`
	}
	namedNumber struct {
		Name int `whimbrel:"name" names:"relation"`
	}
	namedTable struct {
		Name string `whimbrel:"name" names:"table"`
	}
	columnsAsMap struct {
		Query   sdk.Text `whimbrel:"query" sql:"query" columns:"columns"`
		Columns sdk.Map  `whimbrel:"columns"`
	}
	columnsNowhere struct {
		Query sdk.Text `whimbrel:"query" sql:"query" columns:"columns"`
	}
	columnsOfBody struct {
		Body     sdk.Text    `whimbrel:"body" sql:"body" language:"language" columns:"columns"`
		Language string      `whimbrel:"language"`
		Columns  sdk.Columns `whimbrel:"columns"`
	}
	languageAsNumber struct {
		Body     sdk.Text `whimbrel:"body" sql:"body" language:"language"`
		Language int      `whimbrel:"language"`
	}
	noLanguage struct {
		Body sdk.Text `whimbrel:"body" sql:"body"`
	}
	asText struct {
		Base  string         `whimbrel:"base"`
		First sdk.Expression `whimbrel:"default" as:"base"`
	}
	givenText struct {
		Base  string         `whimbrel:"base"`
		Check sdk.Expression `whimbrel:"check" given:"base"`
	}
	unknownWord struct {
		Text string `whimbrel:"text,always"`
	}
	aspectOfText struct {
		Text string `whimbrel:"text,type"`
	}
	looseText struct {
		Text string `whimbrel:"text,loose"`
	}
	inABlock struct {
		Inner struct {
			Rate int `whimbrel:"rate" min:"9" max:"1"`
		} `whimbrel:"inner"`
	}
	noTag struct {
		Text string `whimbrel:""`
	}
	misspelt struct {
		Name string `whimbrel:"name" name:"relation"`
	}
	renamed struct {
		From string `whimbrel:"renamed_from"`
	}
	overModel struct {
		Using sdk.Expression `whimbrel:"using"`
	}
	named struct {
		Label string `whimbrel:"label" names:"relation"`
	}
	required struct {
		Text string `whimbrel:"text"`
	}
	hinted struct {
		Was sdk.Map `whimbrel:"was,hint"`
	}
	ofField struct {
		Field sdk.FieldRef `whimbrel:"field"`
	}
	inNoSchema struct {
		Name string `whimbrel:"name" names:"relation" doc:"A name."`
	}
	aSchema struct {
		Name string `whimbrel:"name" names:"schema" doc:"A name."`
	}
	labelOnTop struct {
		Label sdk.Label
		Text  string `whimbrel:"text" doc:"A text."`
	}
)

// What makes no sense in a tag panics where the plugin is put together, and names
// the field.
func TestNonsenseInTags(t *testing.T) {
	t.Parallel()
	for want, do := range map[string]func(){
		"sdk_test.patternOfNothing.Text: the argument text has the pattern \"[a-\", which does not compile":                                    shape[patternOfNothing](),
		"sdk_test.patternOfNumbers.Number: the argument number has a pattern, which is for text, and is of type int":                           shape[patternOfNumbers](),
		"sdk_test.noNumber.Rate: the argument rate is at least 9 and at most 1, which no number is":                                            shape[noNumber](),
		"sdk_test.boundedText.Text: the argument text has bounds, which are for whole numbers":                                                 shape[boundedText](),
		"sdk_test.defaultOutOfBounds.Rate: the argument rate has the default 10, which is more than 9":                                         shape[defaultOutOfBounds](),
		"sdk_test.defaultOfAnotherType.Rate: the argument rate has the default many, which is no whole number":                                 shape[defaultOfAnotherType](),
		"sdk_test.defaultNotListed.Word: the argument word has the default c, which is none of a, b":                                           shape[defaultNotListed](),
		"sdk_test.defaultNotOfTheForm.Text: the argument text has the default A, which is not of the form [a-z]+":                              shape[defaultNotOfTheForm](),
		"sdk_test.defaultNoBool.Flag: the argument flag has the default yes, which is neither true nor false":                                  shape[defaultNoBool](),
		"sdk_test.twiceListed.Word: the argument word lists the value \"a\" twice":                                                             shape[twiceListed](),
		"sdk_test.constantsListed.Word: the argument word lists the value \"true\", which the model language reads as no keyword":              shape[constantsListed](),
		"sdk_test.noValueListed.Word: the argument word lists the value \"null\", which the model language reads as no keyword":                shape[noValueListed](),
		"sdk_test.aspectTwice.Field: the argument field has the aspect \"type\" twice":                                                         shape[aspectTwice](),
		"sdk_test.blankInList.Word: the argument word lists the value \" b\", which cannot be written as a word":                               shape[blankInList](),
		"sdk_test.twiceCalled.One: the argument one stands twice":                                                                              shape[twiceCalled](),
		"sdk_test.noName.One: the argument per cent cannot be called":                                                                          shape[noName](),
		"sdk_test.selects.Text: the argument text is SQL of the sort \"select\", which there is not: it is query, expression, body, statement": shape[selects](),
		"sdk_test.sqlOfNothing.Text: the argument text is of type sql: SQL, and nothing else, says what it is (the tag sql)":                   shape[sqlOfNothing](),
		"sdk_test.sqlOfText.Text: the argument text is of type string: SQL, and nothing else":                                                  shape[sqlOfText](),
		"sdk_test.refOfNothing.Of: the argument of is of type ref: a reference, and nothing else, says which kinds it can name":                shape[refOfNothing](),
		"sdk_test.kindsOfText.Of: the argument of is of type string: a reference":                                                              shape[kindsOfText](),
		"sdk_test.namedNumber.Name: the argument name is a name in the database, which is text, and is of type int":                            shape[namedNumber](),
		"sdk_test.namedTable.Name: the argument name is a name of class table, which is none: the classes are column, constraint,":             shape[namedTable](),
		"sdk_test.columnsAsMap.Query: the argument query leads to columns by columns, which is of type map and not strings":                    shape[columnsAsMap](),
		"sdk_test.columnsNowhere.Query: the argument query leads to columns, which is no argument of it":                                       shape[columnsNowhere](),
		"sdk_test.columnsOfBody.Body: the argument body has the tag columns, which is for a query in SQL":                                      shape[columnsOfBody](),
		"sdk_test.languageAsNumber.Body: the argument body leads to language by language, which is of type int and not keyword":                shape[languageAsNumber](),
		"sdk_test.noLanguage.Body: the argument body is the body of a function, and leads to no argument with its language":                    shape[noLanguage](),
		"sdk_test.asText.First: the argument default leads to base by as, which is of type string and not type":                                shape[asText](),
		"sdk_test.givenText.Check: the argument check leads to base by given, which is of type string and not type":                            shape[givenText](),
		"sdk_test.unknownWord.Text: the tag has the word \"always\", which there is not: " +
			"the words are optional, fill, hint, loose, condition, and the aspects exists, name, type, definition": shape[unknownWord](),
		"sdk_test.aspectOfText.Text: the argument text is of type string and names nothing that an object could depend on by type": shape[aspectOfText](),
		"sdk_test.looseText.Text: the argument text is of type string and loose, which only a reference can be":                    shape[looseText](),
		"sdk_test.inABlock.Inner.Rate: the argument inner.rate is at least 9":                                                      shape[inABlock](),
		"sdk_test.noTag.Text: the tag whimbrel has no name of an argument between quotes":                                          shape[noTag](),
		"sdk_test.misspelt.Name: there is no tag name, it is called names":                                                         shape[misspelt](),
	} {
		require.Contains(t, recovered(do), want)
	}
}

// What a tag can say at one place and not at another.
func TestNonsenseAtPlaces(t *testing.T) {
	t.Parallel()
	sdk.ShapeOf[renamed]() // an option of a model can be called so
	for want, do := range map[string]func(){
		"sdk_test.renamed.From: the argument renamed_from has the name of an argument that every block that stands by itself has": onApp[renamed](),
		"sdk_test.overModel.Using: the argument using is of type expression, over a model, and stands in none":                    onApp[overModel](),
		"sdk_test.named.Label: the argument label is a name and is not called name":                                               onApp[named](),
		"sdk_test.ofField.Field: the argument field is of type field, and a configuration has only string,":                       defined(sdk.Config[ofField]()),
		"the block a has a name already: take Labelled out":                                                                       onApp[sdk.None](sdk.Labelled()),
		"sdk.None: the option is a block with a name, and can be switched on without one":                                         onApp[sdk.None](sdk.Switch()),
		"can be switched on without arguments (Switch), and text has to be written":                                               onModel[required](sdk.Switch()),
		"kind x.a depends on its siblings (parent), and its blocks stand by themselves":                                           onApp[sdk.None](sdk.ParentName()),
		"option a of plugin \"x\" is for an app and cannot be inherited":                                                          onApp[sdk.None](sdk.Inherited()),
		"kind x.a has the likeness \"perhaps\", which there is not: the likenesses are asked, sure, judged":                       onApp[sdk.None](sdk.Alike("perhaps")),
		"kind x.a is a type, and fields can have those of an app only, not of a project": defined(
			sdk.ProjectBlock("a", "A.", sdk.Recreated(nothingOf[struct {
				Base sdk.Type `whimbrel:"base"`
			}]), sdk.Types(sdk.TypeKind{Base: "base"}))),
		"sdk_test.inNoSchema.Name: the argument name is a name in a schema, and no argument says in which": onApp[inNoSchema](),
		"sdk_test.aSchema.Name: the argument name is what an object is called, and the class schema is for where it stands: " +
			"an argument of that class is called schema": onApp[aSchema](),
		"option a (kind x.a): JudgedBy reads sdk_test.named, and the arguments of the option are those of sdk_test.required": onModel[required](
			sdk.Labelled(), sdk.JudgedBy(func(_, _ *sdk.Declared[named]) sdk.Alikeness { return sdk.IsEqual })),
		"option a (kind x.a): sdk_test.labelOnTop.Label is a Label, which is that of a block in a block": onModel[labelOnTop](),
		"option view (kind x.view): view is a word that an app has already":                              defined(sdk.AppBlock("view", "A.", sdk.Recreated(nothingOf[sdk.None]))),
		"option trigger (kind x.trigger): trigger is a word that a model has already":                    defined(sdk.ModelOption("trigger", "A.", sdk.Recreated(nothingOf[sdk.None]))),
	} {
		require.Contains(t, recovered(do), want)
	}
	onModel[inNoSchema]()() // it is in that of the table
}

// What of a plugin is said of what it does not have.
func TestNonsenseOfParts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want string
		do   func()
	}{
		{"the plugin reads x.b, which is no kind", defined(sdk.Reads("x.b"))},
		{"kind x.a depends on its siblings of kind x.b, which is no kind", onModel[sdk.None](sdk.Siblings("x.b"))},
		{"the plugin reacts to x.create_b, an operation that nobody emits", defined(sdk.Reaction("r", func(*sdk.Reactor) {}, "x.create_b"))},
		{"an object of kind x.log is implied by a x.b, which is no kind", defined(sdk.Implied("log", "The log.", "b", sdk.Recreated(nothingOf[sdk.None])))},
		{"fact x.f stands twice", defined(sdk.Produces("x.f", "x.f"))},
		{"the kind \"y.a\" does not begin with \"x.\"", defined(sdk.Owns(sdk.Kind{Name: "y.a"}, func(*sdk.Work) sdk.Owner { return nil }))},
		{"the plugin cannot be called \"my plugin\"", func() { sdk.Define("my plugin", "1.0.0", "X.") }},
		{"argument was of option a is a hint, and the plugin consumes no fact of that name", onModel[hinted]()},
		{"the option cannot be called \"a b\"", defined(sdk.ModelOption("a b", "A.", sdk.Recreated(nothingOf[sdk.None])))},
	} {
		require.Contains(t, recovered(c.do), c.want)
	}
	sdk.Define("x", "1.0.0", "What others have is taken for granted.", sdk.Reads("view", "other.kind"),
		sdk.Reaction("r", func(*sdk.Reactor) {}, "create_model", "other.create_kind"),
		sdk.ModelOption("a", "A.", sdk.Recreated(nothingOf[sdk.None]), sdk.Labelled(), sdk.Siblings("field", "constraint pkey", "parent"), sdk.Alike(detect.Sure)))
}

// recovered returns the error that a function panics with.
func recovered(do func()) (says string) {
	defer func() {
		if cause := recover(); cause != nil {
			says = cause.(error).Error()
		}
	}()
	do()
	return ""
}
