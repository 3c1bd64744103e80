// Package interpreter finds a Python that has gRPC, for the tests of plugins in
// Python. It is that of the distribution where gRPC is installed; on Debian and what
// comes from it, the package makes one otherwise, in the user's cache folder, of the
// packages that are missing: nothing is installed, and no rights are needed.
//
// Tests call it. Programs run plugins with the interpreter that these name.
package interpreter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// System is the distribution's Python, which plugins in Python name.
const System = "/usr/bin/python3"

// wanted is the package that has gRPC for it.
const wanted = "python3-grpcio"

// Find returns the path of a Python that has gRPC. The error says in one line what the
// machine lacks.
func Find() (string, error) { return find() }

var find = sync.OnceValues(func() (string, error) {
	if works(System) {
		return System, nil
	}
	path, err := made(context.Background())
	if err != nil {
		return "", fmt.Errorf("the tests of plugins in Python need gRPC for %s (apt-get install %s): %w", System, wanted, err)
	}
	return path, nil
})

// works reports whether an interpreter finds gRPC as a plugin looks for it.
func works(python string) bool {
	return exec.Command(python, "-IB", "-c", "import grpc, google.protobuf.message; grpc.server").Run() == nil
}

// made returns the interpreter of the cache folder. It is made if it is not there.
func made(ctx context.Context) (string, error) {
	version, err := output(ctx, System, "-IB", "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("looking for a folder to keep it in: %w", err)
	}
	home := filepath.Join(cache, "whimbrel", "python-"+version)
	python := filepath.Join(home, "bin", "python3")
	if works(python) {
		return python, nil
	}
	if err := os.MkdirAll(filepath.Dir(home), 0o755); err != nil {
		return "", err
	}
	part, err := os.MkdirTemp(filepath.Dir(home), "python-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(part)
	if err := unpack(ctx, part); err != nil {
		return "", err
	}
	if err := environment(part, home, version); err != nil {
		return "", err
	}
	// Whoever was faster has made the same.
	if err := errors.Join(os.RemoveAll(home), os.Rename(part, home)); err != nil && !works(python) {
		return "", err
	}
	if !works(python) {
		return "", fmt.Errorf("%s was made of Debian's packages and does not find it", python)
	}
	return python, nil
}

// output returns what a command prints; the error is what it complains of, in a line.
func output(ctx context.Context, name string, args ...string) (string, error) {
	said, err := exec.CommandContext(ctx, name, args...).Output()
	return strings.TrimSpace(string(said)), complaint(name, err)
}

func complaint(name string, err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		lines := strings.Split(strings.TrimSpace(string(exit.Stderr)), "\n")
		return fmt.Errorf("%s: %s", filepath.Base(name), lines[len(lines)-1])
	}
	return err
}
