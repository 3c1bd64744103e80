package express

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// query returns the block of a query over the model. What is after annotate is
// about groups.
func (s *scope) query(a detect.Attr, raw json.RawMessage) *declare.Block {
	var q expression.Query
	if err := json.Unmarshal(raw, &q); err != nil {
		s.fail("argument %q: %v", a.Name, err)
		return nil
	}
	if q.Model != address.RefTo(s.model) {
		s.fail("argument %q is over %s", a.Name, q.Model)
		return nil
	}
	b := block(a.Name)
	for _, n := range q.Where {
		set(b.Body, "filter", s.expr(n))
	}
	if len(q.Values) > 0 {
		set(b.Body, "values", list(s.exprs(q.Values)...))
	}
	if len(q.Annotate) > 0 || len(q.Having) > 0 {
		set(b.Body, "annotate", s.annotations(q.Annotate))
	}
	for _, n := range q.Having {
		set(b.Body, "filter", s.expr(n))
	}
	return b
}

func (s *scope) annotations(annotations []expression.Annotation) *declare.Expr {
	var keys, values []*declare.Expr
	for _, a := range annotations {
		keys, values = append(keys, named(a.As)), append(values, s.expr(a.Value))
	}
	return object(keys, values)
}
