//go:build unix

package scratch

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// An account is who the server runs as. PostgreSQL refuses to run as root.
type account struct {
	uid, gid int
	dropped  bool // root gave up its rights
}

// unprivileged returns the account for the server: the present one, or for root
// that of PostgreSQL's package or nobody's.
func unprivileged() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			return accountOf(found)
		}
	}
	return account{}, errors.New("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")
}

func accountOf(found *user.User) (account, error) {
	uid, uidErr := strconv.Atoi(found.Uid)
	gid, gidErr := strconv.Atoi(found.Gid)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return account{}, fmt.Errorf("user %s: %w", found.Username, err)
	}
	return account{uid: uid, gid: gid, dropped: true}, nil
}

// prepare makes a command run as the account, in a session of its own: Ctrl-C
// in the terminal is for whoever started the server, not for the server.
func (a account) prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.dropped {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
}

// own gives the account a file or directory.
func (a account) own(path string) error {
	if !a.dropped {
		return nil
	}
	return os.Lchown(path, a.uid, a.gid)
}

// hold locks a file for as long as the process lives. It reports false if
// another process holds it.
func hold(file *os.File) bool {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// stopSignal asks the server to end at once and not to tidy its data.
const stopSignal = syscall.SIGQUIT
