package routine

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Signature names a routine for DROP and ALTER.
func Signature(m sdk.Moment, f Attrs) string {
	return sdk.Qualified(f.Schema, f.Name) + "(" + Inputs(m, f.Args) + ")"
}

// Inputs returns the types of the arguments that a routine is called with.
func Inputs(m sdk.Moment, args []model.Argument) string {
	var types []string
	for _, arg := range args {
		if arg.Mode != "out" {
			types = append(types, m.Type(arg.Type))
		}
	}
	return strings.Join(types, ", ")
}

// Key returns the name of a routine among those of its schema: routines of one name
// are told apart by the types of their arguments.
func Key(schema, name, inputs string) string {
	return sdk.Name(string(detect.NamesFunction), schema, name, inputs+")")
}

// Keys returns the names of a routine.
func Keys(m sdk.Moment, f Attrs) []string {
	return []string{Key(f.Schema, f.Name, Inputs(m, f.Args))}
}

// Arguments returns arguments as they stand between the parentheses of CREATE.
func Arguments(m sdk.Moment, args []model.Argument) string {
	list := make([]string, len(args))
	for i, arg := range args {
		if arg.Mode != "" {
			list[i] = strings.ToUpper(arg.Mode) + " "
		}
		if arg.Name != "" {
			list[i] += sdk.Ident(arg.Name) + " "
		}
		list[i] += m.Type(arg.Type)
		if arg.Default != nil {
			list[i] += " DEFAULT " + m.Enclosed(*arg.Default)
		}
	}
	return strings.Join(list, ", ")
}

// shape is what makes a routine another one: its arguments but for defaults that
// are added, and its result.
func shape(f Attrs) any {
	args := make([]model.Argument, len(f.Args))
	for i, arg := range f.Args {
		arg.Default = nil
		args[i] = arg
	}
	return struct {
		Args     []model.Argument
		Defaults int
		Returns  *model.Result
	}{args, defaults(f), f.Returns}
}

// defaults counts the arguments that have one: PostgreSQL takes none away.
func defaults(f Attrs) int {
	count := 0
	for _, arg := range f.Args {
		if arg.Default != nil {
			count++
		}
	}
	return count
}
