package function

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// signature names a function for DROP and ALTER.
func signature(m sdk.Moment, f attrs) string {
	var types []string
	for _, arg := range f.Args {
		if arg.Mode != "out" {
			types = append(types, m.Type(arg.Type))
		}
	}
	return sdk.Qualified(f.Schema, f.Name) + "(" + strings.Join(types, ", ") + ")"
}

func keys(m sdk.Moment, f attrs) []string {
	_, types, _ := strings.Cut(signature(m, f), "(")
	return []string{sdk.Name("function", f.Schema, f.Name, types)}
}

func create(m sdk.Moment, f attrs) []string {
	texts := []string{"CREATE FUNCTION " + definition(m, f)}
	if f.Comment != "" {
		texts = append(texts, sdk.Comment("FUNCTION "+signature(m, f), f.Comment))
	}
	return texts
}

// A version is the text of a function with its comment.
type version struct {
	text, comment, signature string
	before, after            []string
}

// replaced returns a function as it takes the place of another one.
func replaced(m sdk.Moment, f attrs) version {
	return version{text: "CREATE OR REPLACE FUNCTION " + definition(m, f), comment: f.Comment, signature: signature(m, f)}
}

// unchecked is replaced for the way back, where the body names what has those names
// again only afterwards. PostgreSQL would look for them at once.
func unchecked(m sdk.Moment, f attrs) version {
	v := replaced(m, f)
	if f.Language == "" || f.Language == "sql" {
		v.before, v.after = []string{"SET LOCAL check_function_bodies = off"}, []string{"SET LOCAL check_function_bodies = on"}
	}
	return v
}

// alter returns the changes but for those of name and schema.
func alter(from, to attrs, was, is version) []string {
	var texts []string
	if was.text != is.text {
		texts = append(append(append(texts, is.before...), is.text), is.after...)
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("FUNCTION "+is.signature, is.comment))
	}
	return texts
}

// definition is what stands behind CREATE FUNCTION.
func definition(m sdk.Moment, f attrs) string {
	text := sdk.Qualified(f.Schema, f.Name) + "(" + arguments(m, f.Args) + ")\nRETURNS " + result(m, f.Returns) + "\nLANGUAGE " + or(f.Language, "sql")
	for _, property := range properties(f) {
		text += "\n" + property
	}
	return text + "\nAS " + sdk.Dollar(m.Text(f.Body))
}

func arguments(m sdk.Moment, args []model.Argument) string {
	list := make([]string, len(args))
	for i, arg := range args {
		if arg.Mode != "" {
			list[i] = strings.ToUpper(arg.Mode) + " "
		}
		list[i] += sdk.Ident(arg.Name) + " " + m.Type(arg.Type)
		if arg.Default != nil {
			list[i] += " DEFAULT " + m.Enclosed(*arg.Default)
		}
	}
	return strings.Join(list, ", ")
}

func result(m sdk.Moment, r model.Result) string {
	switch {
	case r.Table != nil:
		return "TABLE (" + arguments(m, r.Table) + ")"
	case r.Set:
		return "SETOF " + m.Type(r.Type)
	}
	return m.Type(r.Type)
}

// properties returns what is not PostgreSQL's default.
func properties(f attrs) []string {
	var list []string
	add := func(text, usual, prefix string) {
		if text != "" && text != usual {
			list = append(list, prefix+strings.ToUpper(text))
		}
	}
	add(f.Volatility, "volatile", "")
	if f.Leakproof {
		list = append(list, "LEAKPROOF")
	}
	if f.Strict {
		list = append(list, "STRICT")
	}
	add(f.Security, "invoker", "SECURITY ")
	add(f.Parallel, "unsafe", "PARALLEL ")
	if f.Cost != nil {
		list = append(list, "COST "+strconv.FormatInt(*f.Cost, 10))
	}
	if f.Rows != nil {
		list = append(list, "ROWS "+strconv.FormatInt(*f.Rows, 10))
	}
	for _, setting := range slices.Sorted(maps.Keys(f.Set)) {
		list = append(list, "SET "+sdk.Ident(setting)+" = "+value(setting, f.Set[setting]))
	}
	return list
}

// value returns what a setting is set to. A search path is a list of names.
func value(setting, text string) string {
	if setting != "search_path" || text == "" {
		return sdk.Literal(text)
	}
	names := strings.Split(text, ",")
	for i, name := range names {
		names[i] = sdk.Ident(strings.Trim(strings.TrimSpace(name), `"`))
	}
	return strings.Join(names, ", ")
}

// shape is what makes a function another one: its arguments but for defaults that
// are added, and its result.
func shape(f attrs) any {
	args := make([]model.Argument, len(f.Args))
	for i, arg := range f.Args {
		arg.Default = nil
		args[i] = arg
	}
	return struct {
		Args     []model.Argument
		Defaults int
		Returns  model.Result
	}{args, defaults(f), f.Returns}
}

// defaults counts the arguments that have one: PostgreSQL takes none away.
func defaults(f attrs) int {
	count := 0
	for _, arg := range f.Args {
		if arg.Default != nil {
			count++
		}
	}
	return count
}

// move returns the statements that give a function another schema and name.
func move(m sdk.Moment, from, to attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER FUNCTION "+signature(m, from)+" SET SCHEMA "+sdk.Ident(to.Schema))
		from.Schema = to.Schema
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER FUNCTION "+signature(m, from)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
