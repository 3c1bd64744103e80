package scratch

import (
	"context"
	"os/exec"
	"path/filepath"
	"sync"
)

// programs are the directories that have programs of PostgreSQL. Looking for them
// starts processes, so it is done once.
var programs = sync.OnceValue(func() []string { return candidates(context.Background()) })

// Program returns the path of a client program of PostgreSQL such as "pg_dump": that
// beside the server's binaries, else the one on PATH. What Debian has on PATH is a
// wrapper that takes longer than most programs it calls.
func Program(name string) string {
	for _, dir := range programs() {
		path := filepath.Join(dir, name)
		if _, err := exec.LookPath(path); err == nil && complete(dir) {
			return path
		}
	}
	return name
}
