package hcl_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// large returns a project of models with twenty fields each, of which some are
// foreign keys, with an index and a check.
func large(models int) *txtar.Archive {
	archive := &txtar.Archive{}
	for m := range models {
		var b strings.Builder
		fmt.Fprintf(&b, "model \"model_%d\" {\n", m)
		for f := range 18 {
			if f%4 == 0 {
				fmt.Fprintf(&b, "  field \"field_%d\" {\n    type    = integer\n    default = 0\n  }\n", f)
				continue
			}
			fmt.Fprintf(&b, "  field \"field_%d\" { type = varchar(30) }\n", f)
		}
		fmt.Fprintf(&b, "  field \"parent\" {\n    type = foreign_key(model_%d)\n    null = true\n  }\n", m/2)
		b.WriteString("\n  index \"by_two\" { fields = [field_1, desc(field_2)] }\n  check \"positive\" { that = field_0 >= 0 }\n}\n")
		archive.Files = append(archive.Files, txtar.File{Name: fmt.Sprintf("models/m%04d.hcl", m), Data: []byte(b.String())})
	}
	return archive
}

// BenchmarkRead reads a thousand models of twenty columns.
func BenchmarkRead(b *testing.B) {
	s, declaration, problems := read(b, large(1000))
	if problems.HasErrors() {
		b.Fatal(problems)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := s.Read(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(declaration.State.Len()), "objects")
}
