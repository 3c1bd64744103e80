package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// strategies are the ways to divide rows into partitions.
var strategies = []string{"range", "list", "hash"}

// partitionBy reads by what the rows of a model are divided into partitions, nil if
// they are not. The model does not depend on the fields: they are made with it.
func (l *loader) partitionBy(m *model) *expression.Node {
	if m.divided == nil {
		return nil
	}
	e := strip(m.divided.Value)
	if e.Kind != declare.Call || !slices.Contains(strategies, e.Text) || len(e.Args) == 0 {
		l.badPartition(m, "partition_by has to be range(...), list(...) or hash(...)", "", "write partition_by = range(FIELD)")
		return nil
	}
	if e.Text == "list" && len(e.Args) > 1 {
		l.badPartition(m, "list(...) takes one field", "PostgreSQL divides lists by one column or expression.", "write partition_by = list(FIELD)")
		return nil
	}
	s := &scope{
		l: l, file: m.file, app: m.app, model: m, what: fmt.Sprintf("partition_by of model %q", m.name), part: m.addr, stored: true, uses: &uses{}, kept: true,
	}
	args, ok := s.all(e.Args)
	if !ok {
		return nil
	}
	if !l.few(declare.Place{Document: m.file, Span: m.divided.Value.Span}, codePartition, s.what, len(args)) {
		return nil
	}
	return &expression.Node{Kind: expression.Call, Text: e.Text, Args: args}
}

func (l *loader) badPartition(m *model, summary, why, next string) {
	l.report(declare.Place{Document: m.file, Span: m.divided.Value.Span}, codePartition, summary, why, next)
}

// dividedBy returns the fields by which the rows of a model are divided, which a key
// that nobody writes has too: PostgreSQL knows that a value is unique in a partition only.
func (l *loader) dividedBy(m *model) []*field {
	if m.divided == nil {
		return nil
	}
	var found []*field
	for _, e := range strip(m.divided.Value).Args {
		if f := m.byName[word(strip(e))]; f != nil && !slices.Contains(found, f) {
			found = append(found, f)
		}
	}
	return found
}
