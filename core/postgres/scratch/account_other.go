//go:build !unix

package scratch

import (
	"os"
	"os/exec"
)

// An account is who the server runs as: here always the present user.
type account struct{ dropped bool }

func unprivileged() (account, error) { return account{}, nil }

func (a account) prepare(*exec.Cmd) {}

func (a account) own(string) error { return nil }

// hold has no lock to offer here, so nothing ever looks abandoned.
func hold(*os.File) bool { return false }

// stopSignal is the only signal there is here.
var stopSignal = os.Kill
