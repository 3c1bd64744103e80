package serve

import (
	"io"
	"os"
	"path/filepath"

	"github.com/hashicorp/go-plugin"
)

// watch waits for the end of a pipe whose other end only the host holds, and
// ends the process when the host has died. A host that lives stops the plugin
// in other ways.
func watch(stdin io.Reader) {
	_, _ = io.Copy(io.Discard, stdin)
	tidy(os.Getenv(plugin.EnvUnixSocketDir))
	os.Exit(0)
}

// tidy removes what a dead host cannot: the socket, its folder, the folder that
// the plugin runs in and the one around both. Folders go only when empty.
func tidy(sockets string) {
	if sockets == "" {
		return
	}
	files, _ := filepath.Glob(filepath.Join(sockets, "plugin*"))
	cwd, _ := os.Getwd()
	for _, path := range append(files, sockets) {
		_ = os.Remove(path)
	}
	if filepath.Dir(cwd) == filepath.Dir(sockets) {
		_ = os.Remove(cwd)
	}
	_ = os.Remove(filepath.Dir(sockets))
}
