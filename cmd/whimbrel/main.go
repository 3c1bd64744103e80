// Command whimbrel makes and applies PostgreSQL migrations.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/examples/pizza"
	"github.com/whimbreldb/whimbrel/plugins"
)

func main() { os.Exit(run()) }

// garbage lets the heap grow to four times what is in use before it is swept: a
// command ends before it would matter.
const garbage = 300

func run() int {
	plugins.KeepPrivate()
	debug.SetGCPercent(garbage)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second ^C ends the process at once
	return cli.Standard(pizza.Files).Run(ctx, os.Args[1:]...)
}
