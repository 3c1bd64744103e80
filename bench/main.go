// Command bench applies many small migrations to a new database with psql, whimbrel,
// goose and tern, in turn, and prints the time of each as a ratio to psql's. It is a
// module of its own, so that what it compares with is nobody's dependency.
//
//	go -C bench run . -migrations 500 -rounds 5
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

func main() {
	migrations := flag.Int("migrations", 500, "how many to apply")
	rounds := flag.Int("rounds", 5, "how often each does so")
	flag.Parse()
	if err := run(context.Background(), *migrations, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run has everybody apply the migrations in each round, so that a machine that gets
// slower is so for all.
func run(ctx context.Context, migrations, rounds int) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	runners, err := prepare(dir, migrations)
	if err != nil {
		return err
	}
	server, err := scratch.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Close()
	ratios := map[string][]float64{}
	for round := range rounds {
		var psql time.Duration
		for i, r := range runners {
			url, err := server.CreateDatabase(ctx, fmt.Sprintf("bench_%d_%d", round, i))
			if err != nil {
				return err
			}
			started := time.Now()
			if err := r.apply(ctx, url); err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			took := time.Since(started)
			if i == 0 {
				psql = took
			}
			ratios[r.name] = append(ratios[r.name], float64(took)/float64(psql))
			fmt.Printf("%-10s %6d ms\n", r.name, took.Milliseconds())
		}
	}
	for _, r := range runners {
		slices.Sort(ratios[r.name])
		fmt.Printf("%-10s %.2f times psql (median of %d)\n", r.name, ratios[r.name][rounds/2], rounds)
	}
	return nil
}
