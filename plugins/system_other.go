//go:build !linux

package plugins

import (
	"os"
	"time"
)

// openedPath: only Linux runs an open file.
func openedPath() string { return "" }

func selfPath(path string) string { return path }

// killStrays: only Linux says what environment a process has.
func killStrays([]string) {}

// identityOf: nothing else is trusted to tell an executable from a changed one.
func identityOf(os.FileInfo) string { return "" }

func changedAt(os.FileInfo) time.Time { return time.Time{} }
