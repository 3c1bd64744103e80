package plugins

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// ownGroup keeps Ctrl-C in the console from reaching the process.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// killGroup kills a process. What it started sees the end of its standard input.
func killGroup(process *os.Process) error {
	if err := process.Kill(); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// busy reports whether a program cannot be started because it is being written.
func busy(err error) bool { return errors.Is(err, syscall.Errno(32)) } // ERROR_SHARING_VIOLATION

// alive reports whether there is a process with a number.
func alive(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = process.Release()
	return true
}

// systemEnv is what a process needs of the system in its environment.
func systemEnv() []string {
	return []string{"SYSTEMROOT=" + os.Getenv("SYSTEMROOT"), "TZ=UTC"}
}
