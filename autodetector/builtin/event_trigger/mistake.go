package eventtrigger

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/sdk"
)

// codeWrong is the code of event triggers that PostgreSQL would refuse.
const codeWrong = "WH2312"

// shared are the objects of all databases, and event triggers themselves.
var shared = []string{"DATABASE", "EVENT TRIGGER", "ROLE", "TABLESPACE", "USER", "GROUP", "SYSTEM"}

// rewriting are the statements that write tables anew.
var rewriting = []string{"ALTER MATERIALIZED VIEW", "ALTER TABLE", "ALTER TYPE"}

// check reports what is wrong with an event trigger.
func (x eventTriggers) check(o *sdk.Object) {
	t := x.attrs(o)
	routine.Report(x.Work, o, codeWrong, fmt.Sprintf("event trigger %q", o.Address.Name()),
		slices.Concat(tagMistakes(t), routine.Called(x.To, t.Execute, t.Undeclared, kindName)))
}

// tagMistakes are those about the statements that it fires for.
func tagMistakes(t attrs) (found []routine.Mistake) {
	for _, tag := range t.Tags {
		_, object, _ := strings.Cut(tag, " ")
		switch {
		case slices.Contains(shared, object):
			found = append(found, routine.Wrong(fmt.Sprintf("fires for %q, about what no event trigger watches", tag), "Objects of all databases, and event triggers themselves, are not watched.", "take it out"))
		case !isTag(tag):
			found = append(found, routine.Wrong(fmt.Sprintf("fires for %q, which is no statement about objects", tag), "Tags are the first words of statements, in capitals.", `write tags = `+instead(tag)))
		case t.On == tableRewrite && !slices.Contains(rewriting, tag):
			found = append(found, routine.Wrong(fmt.Sprintf("fires for %q, which writes no table anew", tag), "", "write one of "+strings.Join(rewriting, ", ")))
		}
	}
	return found
}

// instead returns a tag in place of a wrong one: what was meant, or an example.
func instead(tag string) string {
	if meant := strings.ToUpper(tag); isTag(meant) {
		return fmt.Sprintf("[%q]", meant)
	}
	return `["DROP TABLE"]`
}
