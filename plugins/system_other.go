//go:build !linux

package plugins

// openedPath: only Linux runs an open file.
func openedPath() string { return "" }

func selfPath(path string) string { return path }
