package plugins

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// longestTemp is the longest folder in which a socket's path stays within the
// 103 bytes that every system allows.
const longestTemp = 40

// A room is the private folder of one process: sockets, an empty folder that it
// runs in, and its executable where that had to be copied.
type room struct {
	path string
	cwd  string
}

// newRoom makes a room in temp, or where such things belong if temp is empty.
func newRoom(temp string) (room, error) {
	if temp == "" {
		temp = shortTemp(os.Getenv("XDG_RUNTIME_DIR"), os.TempDir())
	}
	if len(temp) > longestTemp {
		return room{}, fmt.Errorf("the folder for sockets, %s, is longer than %d bytes", temp, longestTemp)
	}
	sweep(temp)
	path, err := os.MkdirTemp(temp, fmt.Sprintf("whimbrel-%d-", os.Getpid()))
	if err != nil {
		return room{}, err
	}
	r := room{path: path, cwd: filepath.Join(path, "cwd")}
	return r, os.Mkdir(r.cwd, 0o700)
}

func shortTemp(candidates ...string) string {
	for _, dir := range candidates {
		if info, err := os.Stat(dir); err == nil && info.IsDir() && filepath.IsAbs(dir) && len(dir) <= longestTemp {
			return dir
		}
	}
	return "/tmp"
}

// sweep removes the rooms of hosts that died before they could.
func sweep(temp string) {
	rooms, _ := filepath.Glob(filepath.Join(temp, "whimbrel-*-*"))
	for _, path := range rooms {
		number, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(path), "whimbrel-"), "-")
		if pid, err := strconv.Atoi(number); err == nil && pid > 0 && !alive(pid) {
			_ = os.RemoveAll(path)
		}
	}
}

// Remove removes the room. A process that is just dying may still put something
// into it, so it is tried twice.
func (r room) Remove() error {
	if err := os.RemoveAll(r.path); err == nil {
		return nil
	}
	return os.RemoveAll(r.path)
}
