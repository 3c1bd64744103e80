package interpreter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

// unpack puts the packages that are missing into a folder, below "root".
func unpack(ctx context.Context, folder string) error {
	debs := filepath.Join(folder, "debs")
	if err := os.MkdirAll(debs, 0o755); err != nil {
		return err
	}
	a := apt{folder: debs}
	missing, err := a.missing(ctx)
	if err != nil { // the machine may know no packages yet
		if a, err = a.updated(ctx, filepath.Join(folder, "apt")); err == nil {
			missing, err = a.missing(ctx)
		}
	}
	if err != nil {
		return err
	}
	if err := a.download(ctx, missing); err != nil {
		return err
	}
	found, err := filepath.Glob(filepath.Join(debs, "*.deb"))
	if err != nil {
		return err
	}
	for _, deb := range found {
		if _, err := output(ctx, "dpkg-deb", "-x", deb, filepath.Join(folder, "root")); err != nil {
			return err
		}
	}
	return errors.Join(os.RemoveAll(debs), os.RemoveAll(filepath.Join(folder, "apt")))
}

// An apt is Debian's package manager, run as anybody.
type apt struct {
	folder  string   // where packages are downloaded to
	options []string // that point it at lists of its own
}

// updated returns one with lists of packages of its own, below a folder.
func (a apt) updated(ctx context.Context, folder string) (apt, error) {
	for _, sub := range []string{"lists/partial", "cache/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(folder, sub), 0o755); err != nil {
			return a, err
		}
	}
	a.options = []string{
		"-o", "Dir::State::Lists=" + filepath.Join(folder, "lists"), "-o", "Dir::Cache=" + filepath.Join(folder, "cache"),
		"-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=",
	}
	_, err := a.run(ctx, "update")
	return a, err
}

// missing returns the packages that would be installed, gRPC's with what it needs.
func (a apt) missing(ctx context.Context) ([]string, error) {
	said, err := a.run(ctx, "install", "--simulate", "--no-install-recommends", wanted)
	if err != nil {
		return nil, err
	}
	return installed(said), nil
}

var installedLine = regexp.MustCompile(`(?m)^Inst (\S+) (?:\[\S+\] )?\((\S+) `)

// installed returns the packages, with their versions, that apt-get --simulate says it
// would install.
func installed(said string) []string {
	var packages []string
	for _, found := range installedLine.FindAllStringSubmatch(said, -1) {
		packages = append(packages, found[1]+"="+found[2])
	}
	return packages
}

func (a apt) download(ctx context.Context, packages []string) error {
	if len(packages) == 0 {
		return fmt.Errorf("%s is installed, and Python does not find it", wanted)
	}
	_, err := a.run(ctx, append([]string{"download"}, packages...)...)
	return err
}

// run runs apt-get in the folder of the packages.
func (a apt) run(ctx context.Context, args ...string) (string, error) {
	path, err := exec.LookPath("apt-get")
	if err != nil {
		return "", errors.New("there is no apt-get that could bring it")
	}
	command := exec.CommandContext(ctx, path, append(append([]string{"-q"}, a.options...), args...)...)
	command.Dir, command.Env = a.folder, append(os.Environ(), "LC_ALL=C")
	said, err := command.Output()
	return string(said), complaint(path, err)
}
