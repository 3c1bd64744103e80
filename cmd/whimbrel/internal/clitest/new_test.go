package clitest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// A new plugin with a block at the top of model files keeps what is promised of
// every plugin, untouched. That with an option does so in the tutorial.
func TestNewBlock(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "block.txtar")
	require.NoError(t, os.WriteFile(file, []byte(`
exec whimbrel plugin new peak --kind block --whimbrel $CHECKOUT
stdout '^wrote whimbrel-plugin-peak/main.go$'
cd whimbrel-plugin-peak
exec go get -t .
exec go vet .
exec go test .
`), 0o644))
	testscript.Run(t, testscript.Params{Files: []string{file}, RequireExplicitExec: true, Setup: goSetup})
}
