package scratch

import (
	"io"
	"os/exec"
	"strconv"
)

// A watchdog is a shell that waits at the reading end of a pipe. When this
// process ends, in whatever way, the system closes the pipe; the shell then ends
// the server and removes its directory. A line in the pipe dismisses it.
type watchdog struct {
	pipe io.WriteCloser
	cmd  *exec.Cmd
}

const watch = `read line && exit 0
kill -QUIT "$1"
for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || break; sleep 0.1; done
cd / && rm -rf "$2"`

// guard starts a watchdog over a server and its directory. Where there is no
// shell it returns nil: the next start then removes the directory.
func guard(pid int, dir string) *watchdog {
	cmd := exec.Command("/bin/sh", "-c", watch, "sh", strconv.Itoa(pid), dir)
	account{}.prepare(cmd)
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil
	}
	if err := cmd.Start(); err != nil {
		pipe.Close()
		return nil
	}
	return &watchdog{pipe: pipe, cmd: cmd}
}

// dismiss ends the watchdog without a bite.
func (w *watchdog) dismiss() {
	if w == nil {
		return
	}
	_, _ = io.WriteString(w.pipe, "done\n") // it may be gone already
	w.pipe.Close()
	_ = w.cmd.Wait()
}
