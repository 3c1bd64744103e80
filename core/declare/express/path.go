package express

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// path returns the names of foreign keys to follow and of a field, with dots
// between them. One that is followed backwards is named by its model.
func (s *scope) path(path []address.Ref) *declare.Expr {
	var names []string
	for i, step := range path {
		switch {
		case step.Kind() == kinds.ModelKind:
			e := s.modelName(step.Address)
			if e == nil || e.Kind != declare.Word {
				return s.fail("a name on the way to %s is no plain word", path[len(path)-1])
			}
			for _, n := range e.Names {
				names = append(names, n.Text)
			}
		case i == 0 || path[i-1].Kind() != kinds.ModelKind:
			names = append(names, step.Name())
		}
	}
	return s.fieldPath(names)
}

func (s *scope) fieldPath(names []string) *declare.Expr {
	switch {
	case len(names) == 1 && !isPlain(names[0]):
		return call("field", quoted(names[0]))
	case !isPath(names):
		return s.fail("a name on the way to a field is no plain word")
	}
	return word(names...)
}
