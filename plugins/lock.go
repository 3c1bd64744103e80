package plugins

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// LockFile is the name of the lock file, beside the project file.
const LockFile = "whimbrel.lock.hcl"

// A Lock says which executables of plugins a project runs. A nil *Lock is empty.
type Lock struct {
	Plugins []Entry // by name

	root string // the project's folder, if it was read from there
}

// An Entry is a plugin that was looked at and approved.
type Entry struct {
	Name     string
	Version  string
	Protocol int
	// Manifest is the SHA-256 of the manifest.
	Manifest string
	// Binary is the SHA-256 of the executable by platform, such as "linux_amd64".
	Binary map[string]string
	Range  diag.Range

	// Pinned and Script are known when it is locked: the manifest, and whether the
	// executable is a script, whose interpreter nothing pins.
	Pinned *detect.Manifest
	Script bool
}

// Platform is the platform of this program, as lock files write it.
func Platform() string { return runtime.GOOS + "_" + runtime.GOARCH }

// Plugin returns the entry of a plugin.
func (l *Lock) Plugin(name string) (Entry, bool) {
	if l == nil {
		return Entry{}, false
	}
	i := slices.IndexFunc(l.Plugins, func(p Entry) bool { return p.Name == name })
	if i < 0 {
		return Entry{}, false
	}
	return l.Plugins[i], true
}

// manifestSum returns the SHA-256 of a manifest in hexadecimal digits.
func manifestSum(m *detect.Manifest) string {
	written, err := json.Marshal(m)
	if err != nil {
		panic("a manifest cannot be written as JSON: " + err.Error()) // it has no type that could fail
	}
	sum := sha256.Sum256(written)
	return hex.EncodeToString(sum[:])
}

// pinned returns the sum that the executable has to have, or empty where
// anything may run.
func (p *plugin) pinned() (string, *diag.Diagnostic) {
	if p.spec.SHA256 != "" {
		return p.spec.SHA256, nil
	}
	if p.unlocked() {
		return "", nil
	}
	entry, ok := p.options.Lock.Plugin(p.spec.Name)
	switch {
	case !ok:
		return "", p.refusal("WH4010", "is not in "+LockFile,
			"A plugin is a program that runs with your rights. The lock file says that this one was looked at.")
	case entry.Binary[Platform()] == "":
		return "", p.otherPlatform(entry)
	}
	return entry.Binary[Platform()], nil
}

// unlocked reports whether anything may run.
func (p *plugin) unlocked() bool { return p.options.AllowUnlocked || p.spec.Dev }

func (p *plugin) otherPlatform(entry Entry) *diag.Diagnostic {
	d := p.diagnostic("WH4012", "has no "+Platform()+" executable in "+LockFile,
		"The lock was made on another platform: it has "+names(entry.Binary)+".",
		"look at the plugin, then run here: whimbrel plugin lock; "+
			"or, for all platforms of a release: whimbrel plugin lock --checksums SHA256SUMS")
	return &d
}

// locked checks a manifest against the lock.
func (p *plugin) locked(m *detect.Manifest) *diag.Diagnostic {
	entry, ok := p.options.Lock.Plugin(p.spec.Name)
	if !ok || p.unlocked() || p.spec.Detector != nil {
		return nil
	}
	switch {
	case entry.Protocol != protocol.Version:
		return p.refusal("WH4013", fmt.Sprintf("is locked with protocol %d, this whimbrel speaks %d", entry.Protocol, protocol.Version),
			"The lock was made by another whimbrel.")
	case entry.Version != m.Version:
		return p.refusal("WH4013", fmt.Sprintf("has version %s, %s says %s", m.Version, LockFile, entry.Version),
			"The plugin is not the one that was locked.")
	case entry.Manifest != manifestSum(m):
		return p.refusal("WH4013", "has another manifest than "+LockFile+" says",
			"What it owns and emits is not what was locked.")
	}
	return nil
}

func (p *plugin) refusal(code, what, why string) *diag.Diagnostic {
	d := p.diagnostic(code, what, why, "look at the plugin, then run: whimbrel plugin lock")
	return &d
}
