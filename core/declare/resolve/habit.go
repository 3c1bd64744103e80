package resolve

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// Words that people know from elsewhere, with what they are here. They are
// Django's, those of other migration tools and ORMs, and those of other databases.

// typeHabits are types by other names, in lower case. %s stands for the arguments
// with their parentheses.
var typeHabits = map[string]string{
	"string": "text, or varchar(30) with a length", "str": "text, or varchar(30) with a length", "charfield": "varchar%s", "textfield": "text",
	"nvarchar": "varchar%s", "varchar2": "varchar%s", "longtext": "text", "mediumtext": "text", "tinytext": "text", "clob": "text", "ntext": "text",
	"slugfield": "varchar(50)", "emailfield": "varchar(254)", "urlfield": "varchar(200)",
	"integerfield": "integer", "smallintegerfield": "smallint", "bigintegerfield": "bigint", "positiveintegerfield": "integer, and a check",
	"autofield": "integer with identity = by_default", "bigautofield": "bigint with identity = by_default",
	"int32": "integer", "int64": "bigint", "int16": "smallint", "long": "bigint", "short": "smallint", "tinyint": "smallint", "mediumint": "integer", "number": "numeric",
	"decimalfield": "numeric(8, 2)", "floatfield": "double_precision", "double": "double_precision", "float64": "double_precision", "float32": "real",
	"booleanfield": "boolean", "datetime": "timestamptz", "datetimefield": "timestamptz", "datetime2": "timestamptz", "datefield": "date",
	"timefield": "time", "durationfield": "interval", "uuidfield": "uuid", "guid": "uuid", "uniqueidentifier": "uuid",
	"jsonfield": "jsonb", "object": "jsonb", "map": "jsonb", "dict": "jsonb", "bytes": "bytea", "blob": "bytea", "binary": "bytea", "varbinary": "bytea",
	"binaryfield": "bytea", "list": "array%s", "set": "array%s", "arrayfield": "array%s", "foreignkey": "foreign_key%s",
	"onetoonefield": "one_to_one%s", "onetoone": "one_to_one%s", "manytomanyfield": "many_to_many%s", "manytomany": "many_to_many%s",
	"belongs_to": "foreign_key%s", "references": "foreign_key%s", "enum": `the name of an enum, declared by enum "NAME" { values = [...] }`,
}

// argumentHabits are arguments by other names, in lower case, with what to write. One
// that has no place here says why.
var argumentHabits = map[string]string{
	"nullable": "null = true", "not_null": "a field is NOT NULL unless null = true", "notnull": "a field is NOT NULL unless null = true",
	"required": "a field is NOT NULL unless null = true", "optional": "null = true", "blank": "null = true if it may be NULL, and nothing otherwise",
	"max_length": "type = varchar(30)", "length": "type = varchar(30)", "size": "type = varchar(30)", "max_digits": "type = numeric(8, 2)",
	"decimal_places": "type = numeric(8, 2)", "index": "a block of the model:\n    index \"NAME\" { fields = [FIELD] }", "db_index": "a block of the model:\n    index \"NAME\" { fields = [FIELD] }",
	"unique_together": "a block:\n    unique \"NAME\" { fields = [FIELD, FIELD] }", "index_together": "a block:\n    index \"NAME\" { fields = [FIELD, FIELD] }",
	"indexes": "a block for each:\n    index \"NAME\" { fields = [FIELD] }", "constraints": "a block for each: check, unique, exclude or foreign_key",
	"db_column": `column = "NAME"`, "column_name": `column = "NAME"`, "db_table": `table = "NAME"`, "table_name": `table = "NAME"`, "tablename": `table = "NAME"`,
	"default_value": "default = VALUE", "server_default": "default = VALUE", "db_default": "default = VALUE", "auto_increment": "identity = by_default",
	"autoincrement": "identity = by_default", "auto_now_add": "default = now()", "auto_now": "default = now(), and a trigger or the plugin updatedat",
	"choices": `an enum: enum "NAME" { values = [...] }, and type = NAME`, "help_text": `comment = "..."`, "verbose_name": `comment = "..."`, "doc": `comment = "..."`,
	"pk": "primary_key = true", "primary": "primary_key = true", "ondelete": "on_delete = cascade", "on_delete_cascade": "on_delete = cascade",
	"onupdate": "on_update = cascade", "references": "type = foreign_key(MODEL)", "foreign_key": "type = foreign_key(MODEL)", "to": "type = foreign_key(MODEL)",
	"related_name": "the way back has no name here", "ordering": "rows have no order in a table; write an index if you sort by it",
	"abstract": "a mixin: mixin \"NAME\" { ... }, and include = [NAME]", "extends": "include = [MIXIN]", "old_name": "renamed_from = OLD", "rename_from": "renamed_from = OLD",
	"using": "method = gin", "algorithm": "method = gin", "condition": "where = ...", "expression": "on = [...]", "columns": "fields = [...]",
	"check": "a block of the model:\n    check \"NAME\" { that = ... }", "collation": `collate = "C"`, "computed": "generated { as = ... }", "stored": "generated { as = ... }",
}

// habitual reports a type that is known by another name here. It is true if it did.
func (r typeReader) habitual(at declare.Place, e *declare.Expr) bool {
	name := e.Text
	if e.Kind == declare.Word {
		name = e.Names[0].Text
	}
	here, ok := typeHabits[strings.ToLower(name)]
	if !ok {
		return false
	}
	if strings.Contains(here, "%s") {
		here = fmt.Sprintf(here, r.habitualArguments(e))
	}
	r.l.missing(at, codeUnknownType, fmt.Sprintf("there is no type %q", name), "Types have PostgreSQL's own names here, in lower case.", "write type = "+here)
	return true
}

// habitualArguments returns the arguments of a type as they would be written here:
// the first one that has no name, without quotes.
func (r typeReader) habitualArguments(e *declare.Expr) string {
	for _, arg := range e.Args {
		switch arg := strip(arg); {
		case arg.Kind == declare.String && identifier().MatchString(arg.Text):
			return "(" + arg.Text + ")"
		case arg.Kind == declare.Number, arg.Kind == declare.Word:
			return "(" + strings.TrimSpace(r.file.Text(arg.Span)) + ")"
		}
	}
	if strings.HasPrefix(typeHabits[strings.ToLower(e.Text)], "varchar") {
		return "(30)"
	}
	return "(NAME)"
}

// brackets reports text[], which is array(text) here. It is true if it did.
func (r typeReader) brackets(e *declare.Expr) bool {
	if r.file == nil || r.file.Bytes == nil {
		return false
	}
	text := r.file.Text(e.Span)
	name, _, ok := strings.Cut(text, "[")
	if name = strings.TrimSpace(name); !ok || !identifier().MatchString(name) {
		return false
	}
	r.l.report(declare.Place{Document: r.file, Span: e.Span}, codeUnknownType, fmt.Sprintf("%s is no type", text),
		"An array is written as a call, for brackets are HCL's own.", "write type = array("+name+")")
	return true
}

// habit returns what an argument of another name is called here, or "". What the
// grammar has under this name is no habit.
func habit(name string, g grammar) string {
	switch lower := strings.ToLower(name); {
	case g.has(name):
		return ""
	case lower == "method" && g.has("using") && g.has("on"):
		return "using = gist"
	case lower == "using" && !g.has("method"):
		return ""
	default:
		return argumentHabits[lower]
	}
}

// habitNext says what to do about an argument of another name.
func habitNext(here string) string {
	for _, written := range []string{"a field is ", "rows have ", "the way back "} {
		if strings.HasPrefix(here, written) {
			return "take it out: " + here
		}
	}
	return "write " + here
}

// ownModel reports foreign_key(self). It is true if it did.
func (l *loader) ownModel(f *field, e *declare.Expr) bool {
	if e = strip(e); word(e) != "self" && !(e.Kind == declare.String && e.Text == "self") || f.app.models["self"] != nil || f.model == nil {
		return false
	}
	l.report(declare.Place{Document: f.file, Span: e.Span}, codeUnknownModel, `there is no model "self"`,
		"A model names itself by its own name.", "write "+f.model.name)
	return true
}
