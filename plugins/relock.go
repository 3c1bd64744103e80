package plugins

import (
	"cmp"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// Lock returns the lock of the host's third-party plugins as they are now. An
// entry of before whose version and manifest are the same keeps the executables
// of other platforms. Plugins under development keep the entry that they had.
// Checksums, if there are any, say the executables of the plugins that they name
// on all platforms; one that is not that of this platform's executable is a
// diagnostic.
func (h *Host) Lock(before *Lock, published Checksums) (*Lock, diag.List) {
	lock := &Lock{}
	var found diag.List
	for _, p := range h.plugins {
		old, was := before.Plugin(p.spec.Name)
		switch {
		case p.spec.Dev && was:
			lock.Plugins = append(lock.Plugins, old)
		case p.spec.Dev, p.spec.Detector != nil:
		default:
			entry := p.entry(old)
			found = append(found, p.compare(&entry, published)...)
			lock.Plugins = append(lock.Plugins, entry)
		}
	}
	slices.SortFunc(lock.Plugins, func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	return lock, found
}

// entry returns the plugin as it is now.
func (p *plugin) entry(old Entry) Entry {
	entry := Entry{
		Name: p.spec.Name, Version: p.manifest.Version, Protocol: protocol.Version,
		Manifest: manifestSum(p.manifest), Binary: map[string]string{},
		Pinned: p.manifest, Script: p.script,
	}
	if old.Version == entry.Version && old.Manifest == entry.Manifest {
		maps.Copy(entry.Binary, old.Binary)
	}
	entry.Binary[Platform()] = p.sum
	return entry
}

// compare adds what was published of a plugin to its entry.
func (p *plugin) compare(entry *Entry, published Checksums) diag.List {
	sums := published.of(entry.Name, entry.Version)
	if len(sums) == 0 {
		return nil
	}
	switch sums[Platform()] {
	case "":
		return diag.List{p.diagnostic("WH4017", "has no "+Platform()+" executable in "+published.File,
			"The file has it for "+names(sums)+".", "get the file of the release that the executable is from")}
	case p.sum:
		maps.Copy(entry.Binary, sums)
		return nil
	}
	return diag.List{p.diagnostic("WH4017", "is not the executable that "+published.File+" lists",
		mismatchOf(p.spec.Path, p.sum, published.File, sums[Platform()]),
		"get the executable from the release again, and do not run this one")}
}
