package main_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// The workload is that of the comparison in docs/benchmarks.md: tables of twenty
// columns in one chain of foreign keys, a unique constraint and an index each.

// BenchmarkMake runs the whole program. Besides the time it reports the ratio to
// sha256sum of 100 MB in the same run and the peak memory.
func BenchmarkMake(b *testing.B) {
	program := build(b)
	hashed := hashingTime(b)
	for _, models := range []int{100, 1_000, 10_000} {
		project := sample(b, models, 20)
		b.Run(fmt.Sprintf("first/models=%d", models), func(b *testing.B) {
			measure(b, hashed, func() { forget(b, project, "migrations", ".whimbrel") }, program, project, 0, "make", "--no-input")
		})
		run(b, program, project, 0, "make", "--no-input")
		b.Run(fmt.Sprintf("unchanged-cold/models=%d", models), func(b *testing.B) {
			measure(b, hashed, func() { forget(b, project, ".whimbrel") }, program, project, 0, "make", "--check")
		})
		b.Run(fmt.Sprintf("unchanged-warm/models=%d", models), func(b *testing.B) {
			measure(b, hashed, func() {}, program, project, 0, "make", "--check")
		})
		run(b, program, project, 0, "make", "--check")
		change(b, project)
		b.Run(fmt.Sprintf("one-column-cold/models=%d", models), func(b *testing.B) {
			measure(b, hashed, func() { forget(b, project, ".whimbrel") }, program, project, 2, "make", "--check")
		})
	}
}

// BenchmarkHistory is the same with two thousand migrations.
func BenchmarkHistory(b *testing.B) {
	program := build(b)
	hashed := hashingTime(b)
	project := sample(b, 1_000, 20)
	history(b, program, project)
	b.Run("unchanged-cold", func(b *testing.B) {
		measure(b, hashed, func() { forget(b, project, ".whimbrel") }, program, project, 0, "make", "--check")
	})
	b.Run("unchanged-warm", func(b *testing.B) {
		measure(b, hashed, func() {}, program, project, 0, "make", "--check")
	})
}

func build(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "whimbrel")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

// hashingTime is how long this machine takes for sha256sum of 100 MB now.
func hashingTime(b *testing.B) time.Duration {
	b.Helper()
	file := filepath.Join(b.TempDir(), "data")
	// Not one write of all: what this process holds would count as the peak of
	// every process that it starts.
	data := make([]byte, 1<<20)
	_, _ = rand.Read(data)
	out, err := os.Create(file)
	for range 100 {
		if err == nil {
			_, err = out.Write(data)
		}
	}
	if err != nil || out.Close() != nil {
		b.Fatal(err)
	}
	best := time.Hour
	for range 3 {
		start := time.Now()
		if err := exec.Command("sha256sum", file).Run(); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}

func measure(b *testing.B, hashed time.Duration, before func(), program, project string, code int, args ...string) {
	b.Helper()
	if code == 0 && args[1] == "--check" {
		run(b, program, project, code, args...)
	}
	var peak int64
	for b.Loop() {
		b.StopTimer()
		before()
		b.StartTimer()
		peak = max(peak, run(b, program, project, code, args...))
	}
	perOp := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(perOp)/float64(hashed), "sha256sum-ratio")
	b.ReportMetric(float64(peak)/1024, "peak-MB")
}

// run runs the program and returns its peak memory in KiB.
func run(b *testing.B, program, project string, code int, args ...string) int64 {
	b.Helper()
	command := exec.Command(program, append([]string{"-C", project}, args...)...)
	out, err := command.CombinedOutput()
	if command.ProcessState == nil || command.ProcessState.ExitCode() != code {
		b.Fatalf("whimbrel %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
}

func forget(b *testing.B, project string, names ...string) {
	b.Helper()
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(project, name)); err != nil {
			b.Fatal(err)
		}
	}
}

func sample(b *testing.B, models, fields int) string {
	b.Helper()
	project := b.TempDir()
	write(b, filepath.Join(project, "whimbrel.hcl"), "app \"shop\" {}\n\nplugin \"triggers\" {}\n\nplugin \"extensions\" {}\n")
	for i := range models {
		write(b, modelFile(project, i), modelText(i, fields))
	}
	return project
}

func modelFile(project string, i int) string {
	return filepath.Join(project, "models", fmt.Sprintf("d%02d", i/100), fmt.Sprintf("m%05d.hcl", i))
}

func modelText(i, fields int) string {
	var t strings.Builder
	fmt.Fprintf(&t, "model \"m%05d\" {\n", i)
	t.WriteString("  field \"code\" { type = varchar(40) }\n  field \"name\" { type = text }\n")
	t.WriteString("  field \"created_at\" {\n    type    = timestamptz\n    default = now()\n  }\n")
	if i > 0 {
		fmt.Fprintf(&t, "  field \"prev\" {\n    type = foreign_key(m%05d)\n    null = true\n  }\n", i-1)
	}
	for f := 4; f < fields; f++ {
		fmt.Fprintf(&t, "  field \"f%02d\" {\n    type = numeric(12, 2)\n    null = true\n  }\n", f)
	}
	t.WriteString("\n  unique \"code_name\" { fields = [code, name] }\n  index \"by_created_at\" { fields = [created_at] }\n}\n")
	return t.String()
}

func change(b *testing.B, project string) {
	b.Helper()
	text := strings.Replace(modelText(50, 20), "\n  unique", "  field \"extra\" {\n    type = text\n    null = true\n  }\n\n  unique", 1)
	write(b, modelFile(project, 50), text)
}

// history cuts the first migration of a project into one for each operation:
// two thousand for a thousand models with an index each.
func history(b *testing.B, program, project string) {
	b.Helper()
	run(b, program, project, 0, "make", "--no-input")
	folder := filepath.Join(project, "migrations")
	operations := withSQL(b, folder)
	forget(b, project, "migrations")
	var list []*migration.Migration
	for i, op := range operations {
		m := &migration.Migration{App: "shop", Version: "bench", Operations: []operation.Operation{op}}
		m.ID = migration.NewID(time.Unix(1_700_000_000+int64(60*i), 0), fmt.Sprintf("step_%d", i))
		if i > 0 {
			m.Parents = []string{list[i-1].ID}
		}
		list = append(list, m)
	}
	if _, err := migration.Write(folder, list...); err != nil {
		b.Fatal(err)
	}
}

// withSQL returns the operations of the only migration of a folder, with the SQL
// that its script has for them.
func withSQL(b *testing.B, folder string) []operation.Operation {
	b.Helper()
	dir, list, err := migration.Load(os.DirFS(folder), "shop")
	if err != nil || list.HasErrors() {
		b.Fatal(err, list)
	}
	m := dir.Migrations[0]
	script, list, err := dir.Script(m.ID)
	if err != nil || list.HasErrors() {
		b.Fatal(err, list)
	}
	operations := m.Operations
	for i := range operations {
		step := script.Step(i + 1).Operation()
		operations[i].Up, operations[i].Down = step.Up, step.Down
	}
	return operations
}

func write(b *testing.B, name, text string) {
	b.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}
