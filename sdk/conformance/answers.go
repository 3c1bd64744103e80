package conformance

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/state"
)

// given returns what users say beforehand on a way, as far as it is about what is
// there: an answer that answers nothing is a mistake.
func (t *trial) given(from, to stage) autodetector.Answers {
	var list autodetector.Answers
	for _, d := range t.Answers.Defaults {
		if path, is := asked(from, to, d.Field); is {
			d.Field = path
			list.Defaults = append(list.Defaults, d)
		}
	}
	for _, u := range t.Answers.Usings {
		if differs(from.declared.State, to.declared.State, u.Field) {
			list.Usings = append(list.Usings, u)
		}
	}
	return list
}

// asked returns the path at which a field is asked about that comes to a model whose rows
// may be there: that of the model as it is called then.
func asked(from, to stage, path string) (string, bool) {
	model, field := path[:max(0, strings.LastIndexByte(path, '.'))], path[strings.LastIndexByte(path, '.')+1:]
	was := at(from.declared.State, model)
	if len(was) == 0 || len(at(from.declared.State, path)) > 0 {
		return "", false
	}
	is := was[0].Address
	for _, r := range to.declared.Renamed {
		if r.From == is {
			is = r.To
		}
	}
	path = is.Path() + "." + field
	return path, len(at(to.declared.State, path)) > 0
}

// differs reports whether two states have something at a path, and not the same.
func differs(from, to *state.State, path string) bool {
	before, after := at(from, path), at(to, path)
	return len(before) > 0 && len(after) > 0 && string(before[0].Attrs) != string(after[0].Attrs)
}

// at returns the objects at a path, with or without the app.
func at(s *state.State, path string) []*state.Object {
	var list []*state.Object
	for o := range s.All() {
		if p := o.Address.Path(); p == path || p == "app."+path {
			list = append(list, o)
		}
	}
	return list
}
