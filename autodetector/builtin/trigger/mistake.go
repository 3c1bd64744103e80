package trigger

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/sdk"
)

// codeWrong is the code of triggers that PostgreSQL would refuse.
const codeWrong = "WH2310"

// sides are the words of referencing.
var sides = []string{"old", "new"}

// check reports what is wrong with a trigger.
func (x triggers) check(o *sdk.Object) {
	t := x.attrs(o)
	name := fmt.Sprintf("trigger %q of model %q", o.Address.Name(), o.Parent.Name())
	if t.View != nil {
		name = fmt.Sprintf("trigger %q of view %q", o.Address.Name(), t.View.Name())
	}
	routine.Report(x.Work, o, codeWrong, name, slices.Concat(
		eventMistakes(t), timeMistakes(t), viewMistakes(t), constraintMistakes(t), transitionMistakes(t), routine.Called(x.To, t.Execute, t.Undeclared, kindName)))
}

// eventMistakes are those about what a trigger fires for.
func eventMistakes(t attrs) (found []routine.Mistake) {
	if len(t.Of) > 0 && !slices.Contains(t.On, update) {
		found = append(found, routine.Wrong("names fields in of and does not fire for update", "Only an update sets some of the fields.", "add update to on, or take of out"))
	}
	return found
}

// timeMistakes are those about when a trigger fires, and how often.
func timeMistakes(t attrs) (found []routine.Mistake) {
	if t.When == insteadOf && t.View == nil {
		found = append(found, routine.Wrong("fires in place of the statement", "Only views have such triggers.", "write when = before; the function can return null to have a row left alone"))
	}
	if slices.Contains(t.On, truncate) && t.Each == row {
		found = append(found, routine.Wrong("fires for each row of a truncate", "TRUNCATE looks at no rows.", "write each = statement, or take truncate out of on"))
	}
	if t.If != nil && t.Each != row && namesRow(*t.If) {
		found = append(found, routine.Wrong("fires once for the statement and names a row in if", "Only a trigger for each row has OLD and NEW.", "write each = row"))
	}
	if t.If != nil && t.Each == row {
		found = append(found, rowMistakes(t)...)
	}
	return found
}

// viewMistakes are those of a trigger on a view, which has no rows of its own.
func viewMistakes(t attrs) (found []routine.Mistake) {
	switch {
	case t.View == nil:
		return nil
	case t.Each == row && t.When != insteadOf:
		found = append(found, routine.Wrong("fires "+t.When+" each row", "A view has no rows of its own that could change.", "write when = instead_of, or each = statement"))
	case t.Each != row && t.When == insteadOf:
		found = append(found, routine.Wrong("fires in place of the statement as a whole", "It is each row that such a trigger takes care of.", "write each = row"))
	}
	if slices.Contains(t.On, truncate) {
		found = append(found, routine.Wrong("fires for truncate", "Views cannot be truncated.", "take truncate out of on"))
	}
	return found
}

// rowMistakes are those of a condition that names a row which there is not.
func rowMistakes(t attrs) (found []routine.Mistake) {
	if name := loose(*t.If); name != "" {
		found = append(found, routine.Wrong(fmt.Sprintf("names %q in if without saying of which row", name), "There are two rows, the old and the new one.", "write new."+name+" or old."+name))
	}
	if slices.Contains(t.On, "insert") && names(*t.If, "old") {
		found = append(found, routine.Wrong("fires for insert and names old in if", "A row that is inserted was not there before.", "take insert out of on, or old out of if"))
	}
	if slices.Contains(t.On, "delete") && names(*t.If, "new") {
		found = append(found, routine.Wrong("fires for delete and names new in if", "A row that is deleted has no new values.", "take delete out of on, or new out of if"))
	}
	return found
}

// constraintMistakes are those of what only constraint triggers have.
func constraintMistakes(t attrs) (found []routine.Mistake) {
	if t.isConstraint() && (t.When != after || t.Each != row) {
		found = append(found, routine.Wrong("is a constraint trigger and does not fire after each row", "PostgreSQL checks constraints when the rows are there.", "write when = after and each = row"))
	}
	if t.From != nil && !t.isConstraint() {
		found = append(found, routine.Wrong("is about another model and no constraint trigger", "Only constraint triggers are.", "write constraint = true, or take from out"))
	}
	return found
}

// transitionMistakes are those of the tables with the rows.
func transitionMistakes(t attrs) (found []routine.Mistake) {
	if len(t.Referencing) == 0 {
		return nil
	}
	if t.When != after || t.isConstraint() {
		found = append(found, routine.Wrong("has tables with its rows and is no plain trigger after the statement", "The rows are known when the statement is done.", "write when = after, or take referencing out"))
	}
	if len(t.On) > 1 || len(t.Of) > 0 || slices.Contains(t.On, truncate) {
		found = append(found, routine.Wrong("has tables with its rows and fires for more than one statement, for some fields or for truncate", "PostgreSQL keeps rows of one statement only, all of them.", "write a trigger for each statement, without of"))
	}
	for _, side := range slices.Sorted(maps.Keys(t.Referencing)) {
		switch {
		case !slices.Contains(sides, side):
			found = append(found, routine.Wrong(fmt.Sprintf("has a table %q of its rows", side), "There are the old rows and the new ones.", `write referencing = { old = "o", new = "n" }`))
		case side == "old" && slices.Contains(t.On, "insert"), side == "new" && slices.Contains(t.On, "delete"):
			found = append(found, routine.Wrong(fmt.Sprintf("has a table of %s rows and fires for %s", side, strings.Join(t.On, ", ")), "There are no such rows then.", "take "+side+" out of referencing"))
		}
	}
	return found
}
