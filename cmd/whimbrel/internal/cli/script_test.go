package cli_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"
)

func TestMain(m *testing.M) { clitest.Main(m) }

func TestScripts(t *testing.T) {
	t.Parallel()
	clitest.Scripts(t)
}
