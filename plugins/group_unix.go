//go:build unix

package plugins

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// ownGroup makes a command the leader of a group of its own, so that Ctrl-C in
// the terminal does not reach it and everything that it starts can be killed.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup kills a process and everything that it started.
func killGroup(process *os.Process) error {
	err := syscall.Kill(-process.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}

// busy reports whether a program cannot be started because it is being written.
func busy(err error) bool { return errors.Is(err, syscall.ETXTBSY) }

// alive reports whether there is a process with a number.
func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// systemEnv is what a process needs of the system in its environment.
func systemEnv() []string {
	return []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC"}
}
