package aggregate

import (
	"fmt"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/sdk"
)

// codeWrong is the code of aggregates that PostgreSQL would refuse.
const codeWrong = "WH2311"

// check reports what is wrong with an aggregate.
func (x aggregates) check(o *sdk.Object) {
	a := x.attrs(o)
	routine.Report(x.Work, o, codeWrong, fmt.Sprintf("aggregate %q", o.Address.Name()),
		slices.Concat(namingMistakes(a), argumentMistakes(a), x.stateMistakes(a)))
}

// namingMistakes are those about which functions are named, and how.
func namingMistakes(a attrs) (found []routine.Mistake) {
	if a.StateFunc == nil && a.Undeclared[stateFunc] == "" {
		found = append(found, routine.Wrong("has no sfunc", "It takes the state and the arguments and returns the next state.", `write sfunc = FUNCTION, or undeclared = { sfunc = "NAME" } for one that nobody declares`))
	}
	for _, argument := range slices.Sorted(maps.Keys(a.Undeclared)) {
		switch {
		case !slices.Contains(functionNames, argument):
			found = append(found, routine.Wrong(fmt.Sprintf("has %q among undeclared, which is no argument that names a function", argument), "", "write sfunc, or the name of another argument"))
		case a.declared(argument) != nil:
			found = append(found, routine.Wrong(fmt.Sprintf("has two functions for %s", argument), "One is declared, and the other one is in undeclared.", "take one of the two out"))
		}
	}
	return found
}

// argumentMistakes are those about arguments and types.
func argumentMistakes(a attrs) (found []routine.Mistake) {
	for _, arg := range a.inputs() {
		if arg.Default != nil || arg.Mode != "" && arg.Mode != "variadic" {
			found = append(found, routine.Wrong(fmt.Sprintf("has an argument %q with a default or the mode %q", arg.Name, arg.Mode), "The arguments of an aggregate are given with each row.", "write the type alone"))
		}
	}
	if a.StateType.Set || a.StateType.Table != nil || a.MovingStateType != nil && (a.MovingStateType.Set || a.MovingStateType.Table != nil) {
		found = append(found, routine.Wrong("has a set of rows for its state", "A state is one value.", "write a type"))
	}
	if a.Hypothetical && len(a.OrderBy) == 0 {
		found = append(found, routine.Wrong("is hypothetical and orders by nothing", "", "write order_by = { value = numeric }"))
	}
	return found
}

// stateMistakes are those of a state function that does not fit.
func (x aggregates) stateMistakes(a attrs) []routine.Mistake {
	if a.StateFunc == nil {
		return nil
	}
	f, called := routine.FunctionOf(x.To, *a.StateFunc), fmt.Sprintf("calls function %q for each row, which ", a.StateFunc.Name())
	switch inputs := a.Args; {
	case len(a.OrderBy) > 0 || polymorphic(a, f):
		return nil // what fits is more than what is equal
	case len(f.Args) != len(inputs)+1:
		return []routine.Mistake{routine.Wrong(called+fmt.Sprintf("has %d arguments and not %d", len(f.Args), len(inputs)+1), "It gets the state and the arguments of the aggregate.", "write args of the function as the state and these arguments")}
	case !sdk.Same(f.Returns, a.StateType):
		return []routine.Mistake{routine.Wrong(called+"does not return the type of the state", "What it returns is the next state.", "write returns of the function as stype")}
	}
	return nil
}

// polymorphic reports whether a type among those of an aggregate and its function is a
// pseudo-type, so that others fit it.
func polymorphic(a attrs, f routine.Function) bool {
	types := append(a.types(), f.Returns.Type)
	for _, arg := range f.Args {
		types = append(types, arg.Type)
	}
	return slices.ContainsFunc(types, func(t model.Type) bool { return pgtype.Pseudo(t.SQL) })
}
