package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// PostgreSQL looks through a domain for the operators and functions of the type under
// it, but not for those of enums: of a domain over one there is not even an equality.
// So what compares such values compares them as values of the enum.

// comparing are the functions that compare their arguments.
var comparing = []string{"in", "between", "nullif", "min", "max"}

// plain returns values that are compared, those of a domain over an enum as values of
// the enum.
func (s *scope) plain(args []expression.Node) []expression.Node {
	plain := slices.Clone(args)
	for i, n := range args {
		switch {
		case n.Kind == expression.List:
			plain[i].Args = s.plain(n.Args)
		case n.Kind == expression.Select && len(n.Args) == 2:
			plain[i].Args = append(slices.Clone(n.Args[:1]), s.plain(n.Args[1:])...)
		default:
			plain[i] = s.undomained(n)
		}
	}
	return plain
}

func (s *scope) undomained(n expression.Node) expression.Node {
	base, ok := s.domainOf(n).enumUnder()
	if !ok {
		return n
	}
	s.uses.ofType(base, state.Exists|state.Definition)
	return expression.Node{Kind: expression.Cast, Path: []address.Ref{*base.Of}, Args: []expression.Node{n}}
}

// enumUnder returns the enum that a domain is over, be it by way of other domains.
func (t *typ) enumUnder() (*typ, bool) {
	if t == nil || t.Dimensions > 0 || t.valued() != nil {
		return nil, false
	}
	base := t.base()
	return base, base.valued() != nil && base.Dimensions == 0
}

// equated reports a foreign key that would compare values of a domain over an enum.
func (l *loader) equated(r route) {
	for _, f := range slices.Concat(r.to, r.from) {
		base, ok := f.typ.enumUnder()
		if !ok {
			continue
		}
		l.report(r.at, codeRelation, fmt.Sprintf("no foreign key can be over field %q of model %q, which is %s, a domain over an enum", f.name, f.model.name, f.typ),
			"PostgreSQL has no operators for such a domain and cannot compare its values.", fmt.Sprintf("give the fields on both sides the type %s", base))
		return
	}
}

// domainOf returns the type of an expression, as typeOf does, of the value of a domain
// too, and of what is one of several values of one type.
func (s *scope) domainOf(n expression.Node) *typ {
	args := n.Args
	switch {
	case n.Kind == expression.SQL && n.Text == "VALUE" && s.value:
		return s.given
	case n.Kind == expression.Conditional && len(args) == 3:
		args = args[1:]
	case n.Kind == expression.Outer && len(args) == 1 && s.outer != nil:
		return s.outer.domainOf(args[0])
	case n.Kind != expression.Call || !slices.Contains([]string{"coalesce", "greatest", "least"}, strings.ToLower(n.Text)):
		return s.l.typeOf(n)
	}
	var one *typ
	for _, arg := range args {
		t := s.domainOf(arg)
		if t == nil || one != nil && t.sqlName() != one.sqlName() {
			return nil
		}
		one = t
	}
	return one
}
