package plugins

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// openedPath returns the path by which a child runs its file 3.
func openedPath() string {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		return ""
	}
	return "/proc/self/fd/3"
}

// selfPath returns the path by which a child of this program runs it again, even
// if its file was replaced by a newer one.
func selfPath(path string) string {
	self, err := os.Executable()
	if err != nil || strings.TrimSuffix(self, " (deleted)") != path {
		return path
	}
	return "/proc/self/exe"
}

// killStrays kills what a plugin has started in a session of its own: processes
// that have the plugin's room, which no other has, in their environment. One that
// was given another environment is not found.
func killStrays(room string) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || pid == os.Getpid() {
			continue
		}
		process, err := os.FindProcess(pid) // from here on its number is not given to another
		if err != nil {
			continue
		}
		if environment, err := os.ReadFile(file); err == nil && bytes.Contains(environment, []byte("TMPDIR="+room+"/")) {
			_ = process.Kill()
		}
		_ = process.Release()
	}
}
