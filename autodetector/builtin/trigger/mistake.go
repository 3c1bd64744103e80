package trigger

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// codeWrong is the code of triggers that PostgreSQL would refuse.
const codeWrong = "WH2310"

// sides are the words of referencing.
var sides = []string{"old", "new"}

// A mistake is something that PostgreSQL would refuse: what, why, and what to do.
type mistake struct{ what, why, next string }

// check reports what is wrong with a trigger.
func (x triggers) check(o *sdk.Object) {
	t := x.attrs(o)
	for _, m := range slices.Concat(eventMistakes(t), timeMistakes(t), constraintMistakes(t), transitionMistakes(t), x.functionMistakes(t)) {
		x.Report(diag.Diagnostic{
			Code: codeWrong, Address: o.Address.String(), Detail: m.why, Next: m.next,
			Summary: fmt.Sprintf("trigger %q of model %q %s", o.Address.Name(), o.Parent.Name(), m.what),
		})
	}
}

// eventMistakes are those about what a trigger fires for.
func eventMistakes(t attrs) (found []mistake) {
	if len(t.On) == 0 {
		found = append(found, mistake{"fires for nothing", "", "write on = [insert]"})
	}
	for _, event := range t.On {
		if !slices.Contains(events, event) {
			found = append(found, mistake{fmt.Sprintf("fires for %q, which is no statement", event), "Triggers fire for insert, update, delete and truncate.", "write one of those"})
		}
	}
	if len(t.Of) > 0 && !slices.Contains(t.On, update) {
		found = append(found, mistake{"names fields in of and does not fire for update", "Only an update sets some of the fields.", "add update to on, or take of out"})
	}
	return found
}

// timeMistakes are those about when a trigger fires, and how often.
func timeMistakes(t attrs) (found []mistake) {
	if t.When == insteadOf {
		found = append(found, mistake{"fires in place of the statement", "Only views have such triggers.", "write when = before; the function can return null to have a row left alone"})
	}
	if slices.Contains(t.On, truncate) && t.Each == row {
		found = append(found, mistake{"fires for each row of a truncate", "TRUNCATE looks at no rows.", "write each = statement, or take truncate out of on"})
	}
	if t.If != nil && t.Each != row && namesRow(*t.If) {
		found = append(found, mistake{"fires once for the statement and names a row in if", "Only a trigger for each row has OLD and NEW.", "write each = row"})
	}
	if t.If != nil && t.Each == row {
		found = append(found, rowMistakes(t)...)
	}
	return found
}

// rowMistakes are those of a condition that names a row which there is not.
func rowMistakes(t attrs) (found []mistake) {
	if name := loose(*t.If); name != "" {
		found = append(found, mistake{fmt.Sprintf("names %q in if without saying of which row", name), "There are two rows, the old and the new one.", "write new." + name + " or old." + name})
	}
	if slices.Contains(t.On, "insert") && names(*t.If, "old") {
		found = append(found, mistake{"fires for insert and names old in if", "A row that is inserted was not there before.", "take insert out of on, or old out of if"})
	}
	if slices.Contains(t.On, "delete") && names(*t.If, "new") {
		found = append(found, mistake{"fires for delete and names new in if", "A row that is deleted has no new values.", "take delete out of on, or new out of if"})
	}
	return found
}

// constraintMistakes are those of what only constraint triggers have.
func constraintMistakes(t attrs) (found []mistake) {
	if t.isConstraint() && (t.When != after || t.Each != row) {
		found = append(found, mistake{"is a constraint trigger and does not fire after each row", "PostgreSQL checks constraints when the rows are there.", "write when = after and each = row"})
	}
	if t.From != nil && !t.isConstraint() {
		found = append(found, mistake{"is about another model and no constraint trigger", "Only constraint triggers are.", "write constraint = true, or take from out"})
	}
	return found
}

// transitionMistakes are those of the tables with the rows.
func transitionMistakes(t attrs) (found []mistake) {
	if len(t.Referencing) == 0 {
		return nil
	}
	if t.When != after || t.isConstraint() {
		found = append(found, mistake{"has tables with its rows and is no plain trigger after the statement", "The rows are known when the statement is done.", "write when = after, or take referencing out"})
	}
	if len(t.On) > 1 || len(t.Of) > 0 || slices.Contains(t.On, truncate) {
		found = append(found, mistake{"has tables with its rows and fires for more than one statement, for some fields or for truncate", "PostgreSQL keeps rows of one statement only, all of them.", "write a trigger for each statement, without of"})
	}
	for _, side := range slices.Sorted(maps.Keys(t.Referencing)) {
		switch {
		case !slices.Contains(sides, side):
			found = append(found, mistake{fmt.Sprintf("has a table %q of its rows", side), "There are the old rows and the new ones.", `write referencing = { old = "o", new = "n" }`})
		case side == "old" && slices.Contains(t.On, "insert"), side == "new" && slices.Contains(t.On, "delete"):
			found = append(found, mistake{fmt.Sprintf("has a table of %s rows and fires for %s", side, strings.Join(t.On, ", ")), "There are no such rows then.", "take " + side + " out of referencing"})
		}
	}
	return found
}

// functionMistakes are those about the function.
func (x triggers) functionMistakes(t attrs) []mistake {
	if (t.Execute == nil) == (t.Undeclared == "") {
		return []mistake{{"needs one function", "It is one that is declared, or one that nobody declares.", "write execute = FUNCTION, or undeclared = \"NAME\" in place of it"}}
	}
	if t.Execute == nil {
		return nil
	}
	returns := sdk.AttrsOf[struct {
		Args    []model.Argument `json:"args"`
		Returns model.Result     `json:"returns"`
	}](x.Work, x.To.Find(t.Execute.Address))
	switch called := fmt.Sprintf("calls function %q, which ", t.Execute.Name()); {
	case returns.Returns.Type.SQL != kindName:
		return []mistake{{called + "does not return trigger", "PostgreSQL takes no other function for a trigger.", "write returns = trigger into the function, or name another one"}}
	case len(returns.Args) > 0:
		return []mistake{{called + "has arguments", "The function of a trigger finds args in TG_ARGV.", "take args out of the function"}}
	}
	return nil
}
