// Command embedded is an application that carries its migrations and brings its
// database up to date when it starts, however many instances start at once.
package main

import (
	"context"
	"embed"
	"log/slog"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/whimbreldb/whimbrel"
)

//go:embed migrations/*.sql migrations/whimbrel.sum
var migrations embed.FS

func main() {
	if err := run(context.Background(), os.Getenv("DATABASE_URL")); err != nil {
		slog.Error("starting", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	result, err := whimbrel.Migrate(ctx, pool, migrations, whimbrel.Logger(slog.Default()), whimbrel.Forbid("data_loss"))
	if err != nil {
		return err
	}
	slog.Info("the database is up to date", "applied", len(result.Applied))
	_, err = pool.Exec(ctx, "INSERT INTO pizza (name, price) VALUES ('Margherita', 7.50) ON CONFLICT (name) DO NOTHING")
	return err
}
