package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
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

// partitionWord is what the block of a partition begins with.
const partitionWord = "partition"

// readPartition reads which partition alone has an index or a constraint. It is false
// after reporting that there is none of the name.
func (w *partReader) readPartition() bool {
	a := w.attrs[partitionWord]
	if a == nil {
		return true
	}
	e := strip(a.Value)
	names := strings.Split(e.Text, ".")
	if e.Kind == declare.Word {
		names = names[:0]
		for _, n := range e.Names {
			names = append(names, n.Text)
		}
	}
	blocks := w.b.model.partitions()
	for i, name := range names {
		at := slices.IndexFunc(blocks, func(b *declare.Block) bool { return len(b.Labels) == 1 && b.Labels[0].Text == name })
		if at < 0 {
			w.b.l.report(declare.Place{Document: w.file, Span: a.Value.Span}, codePartition, fmt.Sprintf("%s is of partition %q, which model %q does not have", w.what, name, w.b.model.name),
				"", "write partition = LABEL of one, or LABEL.LABEL of one in another")
			return false
		}
		if written := attrOf(blocks[at], "schema"); written != nil && i == 0 {
			w.place, _ = w.b.l.text(w.file, written)
		}
		blocks = partitionsIn(blocks[at].Body)
	}
	of := w.b.model.addr.Child(partitionWord, names[0])
	w.alone = &kinds.PartOf{Of: address.RefTo(of), Inner: names[1:]}
	w.uses.ref(of, state.Exists)
	return true
}

// partitions are the blocks of the partitions of a model.
func (m *model) partitions() []*declare.Block {
	var blocks []*declare.Block
	for _, o := range m.allOptions() {
		if o.block != nil && o.block.Type.Text == partitionWord {
			blocks = append(blocks, o.block)
		}
	}
	return blocks
}

func partitionsIn(body *declare.Body) []*declare.Block {
	return slices.DeleteFunc(slices.Clone(body.Blocks), func(b *declare.Block) bool { return b.Type.Text != partitionWord })
}
