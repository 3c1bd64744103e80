package project_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// BenchmarkProof makes the first migration of a thousand models of twenty columns, and
// runs its SQL over names once more. It reports what part of the first migration that
// is: a tenth at most is what it may cost.
func BenchmarkProof(b *testing.B) {
	models := thousand()
	var whole, proof time.Duration
	for b.Loop() {
		dir := b.TempDir()
		require.NoError(b, writeAll(dir, map[string]string{"whimbrel.hcl": shop, "models/shop.hcl": models}))
		begin := time.Now()
		p, err := project.Open(b.Context(), dir, inProcess())
		require.NoError(b, err)
		plan, err := p.Plan(b.Context(), project.PlanOptions{})
		require.NoError(b, err)
		_, err = plan.Write(b.Context())
		require.NoError(b, err)
		whole += time.Since(begin)
		p.Close()
		var operations []operation.Operation
		for _, m := range plan.Migrations {
			operations = append(operations, m.Operations...)
		}
		begin = time.Now()
		require.Nil(b, simulation.NewProof(simulation.Empty()).Run(operations))
		proof += time.Since(begin)
	}
	b.ReportMetric(100*float64(proof)/float64(whole-proof), "%proof")
}

func thousand() string {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "model \"m%04d\" {\n", i)
		if i > 0 {
			fmt.Fprintf(&text, "  field \"prev\" {\n    type = foreign_key(m%04d)\n    null = true\n  }\n", i-1)
		}
		for f := range 19 {
			fmt.Fprintf(&text, "  field \"f%02d\" {\n    type = numeric(12, 2)\n    null = true\n  }\n", f)
		}
		text.WriteString("  unique \"both\" { fields = [f01, f02] }\n  index \"by_f03\" { fields = [f03] }\n}\n\n")
	}
	return text.String()
}
