package plugins

import "github.com/whimbreldb/whimbrel/core/detect"

// Manifests returns the manifests of the locked plugins as far as they are beside
// the lock file, in the order of the lock. They tell what a plugin adds that the
// project does not enable any more.
func (l *Lock) Manifests() []*detect.Manifest {
	var known []*detect.Manifest
	for _, entry := range l.Plugins {
		if m, _ := l.manifest(entry.Name); m != nil {
			known = append(known, m)
		}
	}
	return known
}
