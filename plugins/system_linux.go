package plugins

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
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

// killStrays kills what plugins have started in sessions of their own: processes
// that have a plugin's room, which no other has, in their environment. One that
// was given another environment is not found.
func killStrays(rooms []string) {
	var killed []string
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
		if inRoom(file, rooms) {
			_ = process.Kill()
			killed = append(killed, file)
		}
		_ = process.Release()
	}
	for _, file := range killed {
		for end := time.Now().Add(time.Second); inRoom(file, rooms) && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
	}
}

// inRoom reports whether a process has one of the rooms in its environment. One
// that has ended has none.
func inRoom(file string, rooms []string) bool {
	environment, err := os.ReadFile(file)
	return err == nil && slices.ContainsFunc(rooms, func(room string) bool {
		return bytes.Contains(environment, []byte("TMPDIR="+room+"/"))
	})
}

// identityOf returns what changes with a file: the time of its last change is set
// by the system alone. Empty: nobody knows.
func identityOf(info os.FileInfo) string {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %d %d %d %d", stat.Dev, stat.Ino, info.Size(), info.ModTime().UnixNano(), changedAt(info).UnixNano())
}

// changedAt returns the time of the last change of a file or of what the system
// knows of it.
func changedAt(info os.FileInfo) time.Time {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return time.Time{}
	}
	return time.Unix(stat.Ctim.Unix())
}
