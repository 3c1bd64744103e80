package cli

import (
	"io/fs"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A session is one run of one command, with the flags about plugins.
type session struct {
	*output.Session
	plugins pluginUse
	example fs.FS // the project that the command "demo" runs
}
