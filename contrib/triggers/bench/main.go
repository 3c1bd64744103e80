// Command bench measures the triggers of the plugin against those of others, and
// writes the figures as a page with a chart.
//
//	go run ./contrib/triggers/bench -out docs
//
// All variants of a comparison are run in turns on one throw-away server, so it
// is their ratios that count. What others do is written anew here after their
// designs, see peers.go.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

func main() {
	out := flag.String("out", "docs", "folder for triggers-benchmark.md and triggers-benchmark.svg")
	rows := flag.Int("rows", 1_000_000, "rows in the table of the constraint triggers")
	rounds := flag.Int("rounds", 7, "rounds of each comparison")
	only := flag.String("only", "", "part to measure: constraints or audits; nothing is written then")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *only, *rows, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, only string, rows, rounds int) error {
	server, err := scratch.Start(ctx, scratch.Private(), scratch.Setting("shared_buffers", "512MB"),
		scratch.Setting("autovacuum", "off"), scratch.Setting("jit", "off"), scratch.Setting("max_wal_size", "4GB"))
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }() // it ends with this process anyway
	db, err := postgres.Connect(ctx, server.URL("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	b := &bench{ctx: ctx, db: db, only: only, rows: rows, rounds: rounds}
	results, err := b.all()
	if err != nil {
		return err
	}
	version, err := b.value("SHOW server_version")
	if err != nil {
		return err
	}
	if only != "" {
		_, err = fmt.Print(markdown(results, version, rows, rounds))
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	page := filepath.Join(out, "triggers-benchmark")
	if err := os.WriteFile(page+".svg", []byte(chart(results)), 0o644); err != nil {
		return err
	}
	return os.WriteFile(page+".md", []byte(markdown(results, version, rows, rounds)), 0o644)
}
