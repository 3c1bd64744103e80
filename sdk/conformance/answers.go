package conformance

import (
	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// given returns what users say beforehand on a way, as far as it is about what is
// there: an answer that answers nothing is a mistake.
func (t *trial) given(from, to stage) autodetector.Answers {
	var list autodetector.Answers
	for _, d := range t.Answers.Defaults {
		if isNew(from.declared.State, to.declared.State, d.Field) {
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

// isNew reports whether a state has something at a path that another has not.
func isNew(from, to *state.State, path string) bool {
	return len(at(from, path)) == 0 && len(at(to, path)) > 0
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
		if p := o.Address.Path(); p == path || p == address.New("", "app").Path()+"."+path {
			list = append(list, o)
		}
	}
	return list
}
