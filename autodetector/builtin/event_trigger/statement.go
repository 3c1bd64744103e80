package eventtrigger

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// naming names an event trigger for DROP, ALTER and COMMENT.
func naming(t attrs) string { return "EVENT TRIGGER " + sdk.Ident(t.Name) }

func keys(t attrs) []string { return []string{sdk.Name(string(detect.NamesEventTrigger), t.Name)} }

// create returns the statements that make an event trigger.
func create(at sdk.Moment, t attrs) []string {
	text := "CREATE " + naming(t) + " ON " + t.On
	if len(t.Tags) > 0 {
		text += "\nWHEN TAG IN (" + strings.Join(literals(t.Tags), ", ") + ")"
	}
	name := routine.Undeclared(t.Undeclared)
	if t.Execute != nil {
		name = at.Qualified(t.Execute.Address)
	}
	return append([]string{text + "\nEXECUTE FUNCTION " + name + "()"}, properties(attrs{Name: t.Name}, t)...)
}

func literals(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = sdk.Literal(text)
	}
	return list
}

// alter returns the changes of one whose definition stays.
func alter(from, to attrs) []string {
	var texts []string
	if from.Name != to.Name {
		texts = append(texts, "ALTER "+naming(from)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return append(texts, properties(from, to)...)
}

// properties returns the changes of what stands in no CREATE EVENT TRIGGER.
func properties(from, to attrs) []string {
	var texts []string
	if from.Enabled != to.Enabled {
		verb := map[string]string{"": "ENABLE", "always": "ENABLE ALWAYS", "replica": "ENABLE REPLICA", "false": "DISABLE"}[to.Enabled]
		texts = append(texts, "ALTER "+naming(to)+" "+verb)
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment(naming(to), to.Comment))
	}
	return texts
}
