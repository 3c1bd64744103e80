// Command whimbrel makes and applies PostgreSQL migrations.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/examples/pizza"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Standard(pizza.Files).Run(ctx, os.Args[1:]...)
}
