package routine

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Mistake is something about an object that PostgreSQL would refuse. What goes on
// after the name of the object; why and what to do are sentences.
type Mistake struct{ What, Why, Next string }

// Wrong returns a mistake.
func Wrong(what, why, next string) Mistake { return Mistake{What: what, Why: why, Next: next} }

// Report reports mistakes about an object, which people know by the name.
func Report(w *sdk.Work, o *sdk.Object, code, name string, found []Mistake) {
	for _, m := range found {
		w.Report(diag.Diagnostic{
			Code: code, Address: o.Address.String(), Summary: name + " " + m.What, Detail: m.Why, Next: m.Next,
		})
	}
}

// A Function is what is known of one that something calls.
type Function struct {
	Args    []model.Argument `json:"args"`
	Returns model.Result     `json:"returns"`
}

// FunctionOf returns what is known of a function at a moment.
func FunctionOf(at sdk.Moment, ref address.Ref) Function {
	return sdk.AttrsOf[Function](at.Work, at.Find(ref.Address))
}

// Called returns what is wrong with the function that a trigger calls: a declared one,
// or one that nobody declares, by its name. It has to return what the trigger wants.
func Called(at sdk.Moment, declared *address.Ref, undeclared, wants string) []Mistake {
	if (declared == nil) == (undeclared == "") {
		return []Mistake{Wrong("needs one function", "It is one that is declared, or one that nobody declares.", "write execute = FUNCTION, or undeclared = \"NAME\" in place of it")}
	}
	if declared == nil {
		return nil
	}
	function := FunctionOf(at, *declared)
	switch called := fmt.Sprintf("calls function %q, which ", declared.Name()); {
	case function.Returns.Type.SQL != wants || function.Returns.Set:
		return []Mistake{Wrong(called+"does not return "+wants, "PostgreSQL takes no other function for it.", "write returns = "+wants+" into the function, or name another one")}
	case len(function.Args) > 0:
		return []Mistake{Wrong(called+"has arguments", "It is called without any.", "take args out of the function")}
	}
	return nil
}
