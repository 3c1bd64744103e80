package plugins

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// openedPath is the path by which a child runs its file 3.
const openedPath = "/proc/self/fd/3"

// sealedCopy returns a copy of a file in memory that cannot be written any more, and
// the SHA-256 of the copy. The error is errors.ErrUnsupported where there is no such
// thing, or where it could not be run.
func sealedCopy(from io.Reader) (copy *os.File, sum string, err error) {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		return nil, "", errors.ErrUnsupported
	}
	written, err := memoryFile()
	if err != nil {
		return nil, "", errors.ErrUnsupported
	}
	defer written.Close()
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(written, hash), from); err != nil {
		return nil, "", err
	}
	seals := unix.F_SEAL_WRITE | unix.F_SEAL_GROW | unix.F_SEAL_SHRINK | unix.F_SEAL_SEAL
	if _, err := unix.FcntlInt(written.Fd(), unix.F_ADD_SEALS, seals); err != nil {
		return nil, "", errors.ErrUnsupported
	}
	// What is open for writing cannot be run, so it is opened once more.
	copy, err = os.Open(fmt.Sprintf("/proc/self/fd/%d", written.Fd()))
	if err != nil {
		return nil, "", errors.ErrUnsupported
	}
	return copy, hex.EncodeToString(hash.Sum(nil)), nil
}

// memoryFile returns a file that can be run. Kernels before 6.3 do not know that one
// may be such that it cannot.
func memoryFile() (*os.File, error) {
	flags := unix.MFD_CLOEXEC | unix.MFD_ALLOW_SEALING
	fd, err := unix.MemfdCreate("plugin", flags|unix.MFD_EXEC)
	if errors.Is(err, unix.EINVAL) {
		fd, err = unix.MemfdCreate("plugin", flags)
	}
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "plugin"), nil
}

// KeepPrivate keeps other processes of the user, plugins above all, from reading the
// environment and the memory of this one, where the system can: they hold passwords. No
// core dump is written of it from then on. A privileged process is kept from nothing.
func KeepPrivate() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }

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
