//go:build !linux

package plugins

import (
	"errors"
	"io"
	"os"
	"time"
)

// openedPath: only Linux runs an open file.
const openedPath = ""

// sealedCopy: only Linux has files in memory that can be run.
func sealedCopy(io.Reader) (*os.File, string, error) { return nil, "", errors.ErrUnsupported }

// KeepPrivate: only Linux has a switch for it.
func KeepPrivate() {}

func selfPath(path string) string { return path }

// killStrays: only Linux says what environment a process has.
func killStrays([]string) {}

// identityOf: nothing else is trusted to tell an executable from a changed one.
func identityOf(os.FileInfo) string { return "" }

func changedAt(os.FileInfo) time.Time { return time.Time{} }
