package partition

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// codeWrong is the code of partitions that PostgreSQL would refuse.
const codeWrong = "WH2319"

// check reports what is wrong with a partition, and whether nothing is.
func (x partitions) check(o *sdk.Object) bool {
	m, p := x.To.Model(o.Parent), x.attrs(o)
	if m.PartitionBy == nil {
		x.report(o, p, []routine.Mistake{routine.Wrong(fmt.Sprintf("is in model %q, which is not partitioned", o.Parent.Name()), "", "write partition_by = range(FIELD) into the model")})
		return false
	}
	found := p.mistakes(*m.PartitionBy)
	for _, other := range x.Pass.To.Children(o.Parent, kindName) {
		if other.Address.Name() < o.Address.Name() {
			found = append(found, overlap(*m.PartitionBy, x.attrs(other), p, other.Address.Name())...)
		}
	}
	x.report(o, p, found)
	if len(found) == 0 {
		x.keyed(o, p, fmt.Sprintf("partition %q", o.Address.Name()))
	}
	return len(found) == 0
}

// keyed reports keys of the table that a partition, or one in it, is not divided by.
func (x partitions) keyed(o *sdk.Object, p part, name string) {
	if p.By == nil {
		return
	}
	for _, child := range x.Pass.To.Children(o.Parent, model.ConstraintKind) {
		if c := sdk.AttrsOf[model.Constraint](x.Work, child); c.Partition == nil && (c.Type == model.PrimaryKey || c.Type == model.Unique) {
			partitioning.KeyedBy(x.Work, child, c.Fields, *p.By, name)
		}
	}
	for _, one := range p.inner() {
		x.keyed(o, one, fmt.Sprintf("partition %q", one.Label))
	}
}

func (x partitions) report(o *sdk.Object, _ part, found []routine.Mistake) {
	routine.Report(x.Work, o, codeWrong, fmt.Sprintf("partition %q of model %q", o.Address.Name(), o.Parent.Name()), found)
}

// mistakes are those of a partition of what is divided in a way, and of those in it.
func (p part) mistakes(by expression.Node) (found []routine.Mistake) {
	if wrong := p.boundMistake(by); wrong != nil {
		return []routine.Mistake{*wrong}
	}
	if p.By == nil && len(p.Parts) > 0 {
		return append(found, routine.Wrong("has partitions and no partition_by", "", "write partition_by = list(FIELD)"))
	}
	if p.By != nil && (p.By.Kind != expression.Call || words[p.By.Text] == "") {
		return append(found, routine.Wrong("has a partition_by that is neither range(...), list(...) nor hash(...)", "", "write partition_by = list(FIELD)"))
	}
	for i, one := range p.inner() {
		found = append(found, one.mistakes(*p.By)...)
		for _, other := range p.inner()[:i] {
			found = append(found, overlap(*p.By, other, one, other.Label)...)
		}
	}
	return found
}

// words are what partitions say, by how the rows are divided.
var words = map[string]string{"range": "from and to", "list": "values", "hash": "modulus and remainder"}

// boundMistake is what is wrong with the bounds of a partition, or nil.
func (p part) boundMistake(by expression.Node) *routine.Mistake {
	ranged, listed, hashed := p.From != nil || p.To != nil, p.Values != nil, p.Modulus != nil || p.Remainder != nil
	count := 0
	for _, is := range []bool{ranged, listed, hashed, p.Default} {
		if is {
			count++
		}
	}
	right := map[string]bool{"range": ranged, "list": listed, "hash": hashed && p.Modulus != nil && p.Remainder != nil}[by.Text] || p.Default && by.Text != "hash"
	var m routine.Mistake
	switch width := len(by.Args); {
	case count != 1 || !right:
		m = routine.Wrong("has not the bounds of one of "+by.Text+"(...)", "", "write "+words[by.Text]+", and nothing else of them")
	case ranged && (p.From != nil && len(elements(p.From)) != width || p.To != nil && len(elements(p.To)) != width):
		m = routine.Wrong(fmt.Sprintf("has bounds of another width than the %d of range(...)", width), "", "write a value for each, null where there is no bound")
	case hashed && *p.Remainder >= *p.Modulus:
		m = routine.Wrong("has a remainder that its modulus does not leave", "", fmt.Sprintf("write a remainder from 0 to %d", *p.Modulus-1))
	case ranged && empty(p):
		m = routine.Wrong("has a range that ends before it begins", "", "write a to that is behind from")
	default:
		return nil
	}
	return &m
}
