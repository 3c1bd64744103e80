package project

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/plugins"
)

// Lock pins the executables of third-party plugins as they are now, and returns
// what it has written. The project has to be opened with AllowUnlocked. Checksums is
// the file that a release was published with, which adds other platforms; empty:
// there is none.
func (p *Project) Lock(ctx context.Context, checksums string) (*plugins.Lock, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	var published plugins.Checksums
	if checksums != "" {
		if published, err = plugins.ReadChecksums(checksums); err != nil {
			return nil, err
		}
	}
	lock, found := shop.host.Lock(shop.lock, published)
	if err := found.Err(); err != nil {
		return nil, err
	}
	if checksums != "" && !covered(lock, published) {
		return nil, noneCovered(checksums)
	}
	return lock, plugins.WriteLock(p.root, lock)
}

// Verify opens the plugins, which refuses what the lock does not pin, and checks
// the manifests that are beside the lock.
func (p *Project) Verify(ctx context.Context) error {
	shop, err := p.open(ctx)
	if err != nil {
		return err
	}
	return shop.lock.Check().Err()
}

// covered reports whether checksums are about any locked plugin.
func covered(lock *plugins.Lock, published plugins.Checksums) bool {
	return slices.ContainsFunc(lock.Plugins, func(p plugins.Entry) bool { return published.Covers(p.Name, p.Version) })
}

func noneCovered(file string) error {
	return diag.Diagnostic{
		Code:    "WH0145",
		Summary: file + " lists no executable of a plugin of this project",
		Detail: "The name of an executable is whimbrel-plugin-NAME_VERSION_OS_ARCH, such as " +
			"whimbrel-plugin-rls_1.0.0_linux_amd64. Archives are not counted.",
		Next: "give the file of checksums of the version that is installed",
	}
}
