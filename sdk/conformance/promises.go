package conformance

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// The promises.
const (
	manifestCheck    = "the manifest is valid"
	modelsCheck      = "the models can be read and planned"
	determinismCheck = "equal passes give equal answers, in any order"
	batchCheck       = "changes of several models can be divided"
	nothingCheck     = "no change gives no operation"
	ownershipCheck   = "operations are its own, and whole"
	convergenceCheck = "a plan leads to the wanted state"
	inverseCheck     = "there is a way back"
	namesCheck       = "what its SQL names is there, forth and back"
	probeCheck       = "what may be lost can be asked for"
	textCheck        = "any text is written as text"
	addressCheck     = "a model, a field or a block with another label leaves what would be made at once"
	valuesCheck      = "every value that the manifest allows is answered"
	hostileCheck     = "any name of a table or column is quoted"
	limitCheck       = "a pass ends in time"
	cancelCheck      = "a call ends when it is cancelled"
	stableCheck      = "every start gives the same manifest"
	abroadCheck      = "time zone, language and environment do not show"
	quietCheck       = "nothing is printed on standard output"
	manyCheck        = "a large project takes seconds"
	upgradeCheck     = "former versions are upgraded"
	queriesCheck     = "each query is one SELECT"
	serverCheck      = "PostgreSQL takes it up, down and up again"
	lockCheck        = "no lock is stronger than what was claimed"
	inspectCheck     = "a database is seen as it was made"
	renameCheck      = "a renamed table or column leaves what would be made at once"
	blockCheck       = "a block that stands by itself is renamed alone, and exchanges its name"
	aloneCheck       = "each option changes alone, as it does with all others"
	printCheck       = "what is declared can be printed, and is read as the same"
	releaseCheck     = "what such a block reads can change its type"
)

// promises are the checks in the order of a report, with what to do where one is
// not kept, and what where the plugin has nothing but blocks that stand by themselves,
// if that is something else.
var promises = []struct{ check, next, alone string }{
	{manifestCheck, "mend what the manifest says; names begin with that of the plugin, and whatever users write has a doc", ""},
	{modelsCheck, "mend the models, or what the plugin answers to them", ""},
	{determinismCheck, "use nothing but the pass: no clock, no random numbers, no map in its own order, nothing kept from call to call", ""},
	{
		batchCheck, "look at the changes of one model at a time, or say that the locality is Whole: sdk.Whole()",
		"look at one change at a time, or say that the locality is Whole: sdk.Whole()",
	},
	{nothingCheck, "emit operations for changes only", ""},
	{ownershipCheck, "list what is emitted in the manifest, and touch objects of the plugin's own kinds only", ""},
	{convergenceCheck, "give each operation the edits that it makes: Put with the object as it is wanted, or Drop", ""},
	{inverseCheck, "undo what is done: Script.Drop undoes Script.Create, and what Create, Alter and Drop take as down undoes their up; " +
		"or say with Irreversible why there is no way back", ""},
	{namesCheck, "name what is there at that moment: by Table, Column, Qualified and NameOf, out of From for what goes; and have the way back make and drop what the way forth drops and makes", ""},
	{valuesCheck, "answer with operations, or with a diagnostic about the models; an error means that the plugin is broken", ""},
	{
		hostileCheck, "quote every name and every text: Table, Column, Label, Ident and Literal do",
		"quote every name and every text: Qualified, Name, NameOf, Ident and Literal do",
	},
	{textCheck, "quote every text: Literal does, and Body for the body of a function", ""},
	{limitCheck, "do less, or do it once", ""},
	{cancelCheck, "look at ctx.Err() in long loops, and keep nothing of a call that ended early", ""},
	{stableCheck, "make the manifest of constants", ""},
	{abroadCheck, "use nothing but the pass: no time zone, no locale, no environment, no files", ""},
	{quietCheck, "print on standard error, or use package log", ""},
	{manyCheck, "look for work that grows with the number of models squared", ""},
	{upgradeCheck, "upgrade attributes of every former version into today's", ""},
	{queriesCheck, "write one SELECT over the catalog for each thing that is looked at", ""},
	{serverCheck, "mend the SQL; up and down have to leave the same database behind, however often", ""},
	{probeCheck, "write the probe of a hazard as one SELECT with one boolean, over tables that are there when it is asked", ""},
	{
		lockCheck, "claim the lock: Script.Locks or Step.Locks, such as o.Locks(sdk.AccessExclusive)",
		"claim the lock: Script.Locks or Step.Locks, such as o.Locks(sdk.AccessExclusive), or o.LocksOf for what one argument names",
	},
	{inspectCheck, "inspect has to return what the models say, with all arguments that are not absent", ""},
	{
		renameCheck, "say that names are text: the word name in the tag of an argument, or sdk.ParentName()",
		"say that names are text: the word name in the tag of the argument that names the table or column",
	},
	{
		addressCheck, "take what something is called in the database from its arguments, and say that a label is text: it is part of the SQL, so make the object again, or rename it", "",
	},
	{blockCheck, "take the name from the argument name, as o.Qualified() does, and use no other text that has it", ""},
	{
		aloneCheck, "judge an option by what the wanted state has beside it, changed or not, and refuse what would be refused at once; " +
			"see Handling.Checked", "",
	},
	{printCheck, "report it: what a manifest allows can be written as models", ""},
	{releaseCheck, "say that a type stands in what is made: the word type in the tag of the argument that names the field", ""},
}

// nextOf returns what to do about a promise that a plugin with some options does not
// keep.
func nextOf(next, alone string, options []detect.Option) string {
	together := slices.ContainsFunc(options, func(o detect.Option) bool { return !o.Alone() })
	if alone == "" || together || len(options) == 0 {
		return next
	}
	return alone
}
