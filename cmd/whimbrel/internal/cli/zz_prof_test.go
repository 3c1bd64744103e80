package cli_test

import (
	"os"
	"testing"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/examples/pizza"
)

func TestZZ(t *testing.T) {
	dir := os.Getenv("PROF_DIR")
	if dir == "" {
		t.SkipNow()
	}
	for range 3 {
		os.RemoveAll(dir + "/.whimbrel")
		t.Log(cli.Standard(pizza.Files).Run(t.Context(), "-C", dir, "make", os.Getenv("PROF_ARG")))
	}
}
