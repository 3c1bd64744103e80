package grant

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// codeWrong is the code of grants that PostgreSQL would refuse, or that say the same
// twice.
const codeWrong = "WH2316"

// check reports what is wrong with a grant that is wanted, and is not there for a
// moment only.
func (x grants) check(o *sdk.Object) {
	if o != x.Pass.To.Get(o.Address) {
		return
	}
	g := x.attrs(o)
	found := slices.Concat(g.targetMistakes(), g.rightMistakes(), x.twice(o, g))
	routine.Report(x.Work, o, codeWrong, fmt.Sprintf("grant %q", o.Address.Name()), found)
}

// targetMistakes are those about what rights are on.
func (g attrs) targetMistakes() (found []routine.Mistake) {
	switch {
	case g.On.IsZero() && len(g.Schemas) == 0:
		found = append(found, routine.Wrong("is on nothing", "", "write on = [pizza], or schemas = [\"public\"]"))
	case g.On.Defaults == noDefaults:
		found = append(found, routine.Wrong("is about what comes later of a kind that PostgreSQL has no default rights of", "There are those of tables, views among them, of sequences and of functions.", "write defaults(models), defaults(sequences) or defaults(functions)"))
	}
	return found
}

// rightMistakes are those about rights that there are not on something.
func (g attrs) rightMistakes() (found []routine.Mistake) {
	if slices.Contains(g.Rights, all) && len(g.Rights) > 1 {
		found = append(found, routine.Wrong("grants all rights and names some", "", "write rights = [all]"))
	}
	for _, c := range g.classes() {
		if len(g.Columns) > 0 && c.columns == nil {
			found = append(found, routine.Wrong("names columns and is on more than models", "Columns are fields of models.", "make a grant of its own for what is no model"))
			continue
		}
		known := c.rights
		if len(g.Columns) > 0 {
			known = c.columns
		}
		for _, right := range g.Rights {
			if right != all && !slices.Contains(known, right) {
				found = append(found, routine.Wrong(fmt.Sprintf("grants %s on %s, which there is not", right, aThing(c)), "The rights are "+strings.Join(known, ", ")+".", "write one of them, or make a grant of its own"))
			}
		}
	}
	return found
}

// aThing says a class as people do.
func aThing(c class) string { return "a " + strings.ToLower(c.word) }

// classes returns the classes of what a grant is on, each once.
func (g attrs) classes() []class {
	var list []class
	add := func(c class) {
		if !slices.ContainsFunc(list, func(o class) bool { return o.word == c.word && (o.columns == nil) == (c.columns == nil) }) {
			list = append(list, c)
		}
	}
	for _, ref := range g.On.Refs {
		c := classOf(ref.Kind())
		if ref.Kind() != model.ModelKind && len(g.Columns) > 0 {
			c.columns = nil
		}
		add(c)
	}
	if g.On.Defaults != "" {
		c := classOfLater(g.On.Defaults)
		c.columns = nil
		add(c)
	}
	if len(g.Schemas) > 0 {
		add(schemas)
	}
	return list
}

// twice reports a right that another grant gives the same role.
func (x grants) twice(o *sdk.Object, g attrs) (found []routine.Mistake) {
	mine := keys(g.privileges())
	for other := range x.Pass.To.All() {
		if other.Address.Kind() != kindName || other.Address.String() >= o.Address.String() {
			continue
		}
		for i, key := range keys(x.attrs(other).privileges()) {
			if slices.Contains(mine, key) {
				p := x.attrs(other).privileges()[i]
				found = append(found, routine.Wrong(fmt.Sprintf("grants %s to %s, and so does grant %q", p.right, p.role, other.Address.Name()), "One that goes would take the right from the other.", "take it out of one of the two"))
				break
			}
		}
	}
	return found
}
