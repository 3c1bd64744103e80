package plugins

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// open reads the manifest. Without one the plugin is unusable.
func (p *plugin) open(ctx context.Context, manifests cache) diag.List {
	if p.spec.Detector != nil {
		return p.accept(p.spec.Detector.Manifest())
	}
	if p.spec.Attach != nil {
		return p.meet(ctx)
	}
	if p.spec.Absent != nil {
		return p.remember(manifests)
	}
	want, refused := p.pinned()
	if refused != nil {
		return diag.List{*refused}
	}
	sum, err := newSums(p.options.CacheDir).of(p.spec.Path)
	if err != nil {
		return diag.List{p.diagnostic("WH4007", "cannot be read", err.Error(), "build or install the plugin")}
	}
	if want != "" && sum != want {
		return diag.List{*p.refusal("WH4011", "is not the executable that was locked", mismatch(p.spec.Path, sum, want))}
	}
	p.sum, p.script = sum, isScript(p.spec.Path)
	if known := manifests.get(sum, p.spec.Name); known != nil {
		return p.accept(known)
	}
	if want != "" && !p.unlocked() {
		if pinned, found := p.options.Lock.manifest(p.spec.Name); pinned != nil || found != nil {
			return p.pinnedManifest(pinned, found)
		}
	}
	return p.ask(ctx, manifests)
}

// remember takes the manifest of an executable that is not there: the one beside
// the lock file, else the one that is kept by the sum that the lock has of it.
// Locking is about what is there.
func (p *plugin) remember(manifests cache) diag.List {
	if p.unlocked() {
		return diag.List{*p.spec.Absent}
	}
	sum, refused := p.pinned()
	p.sum = sum // answers that are kept are as good as ever
	if pinned, found := p.options.Lock.manifest(p.spec.Name); pinned != nil || found != nil {
		return p.pinnedManifest(pinned, found)
	}
	known := manifests.get(sum, p.spec.Name)
	if refused != nil || known == nil {
		return diag.List{*p.spec.Absent}
	}
	return p.accept(known)
}

// pinnedManifest takes the manifest that is beside the lock file, if it is good.
func (p *plugin) pinnedManifest(pinned *detect.Manifest, found *diag.Diagnostic) diag.List {
	if found != nil {
		found.Range = p.spec.Range
		return diag.List{*found}
	}
	return p.accept(pinned)
}

func mismatch(path, have, want string) string {
	return mismatchOf(path, have, "the lock", want)
}

func mismatchOf(path, have, who, want string) string {
	return fmt.Sprintf("%s has the SHA-256 %s, %s says %s.", path, have, who, want)
}

// ask starts the plugin for its manifest, and keeps it running.
func (p *plugin) ask(ctx context.Context, manifests cache) diag.List {
	process, err := p.start(ctx)
	if err != nil {
		return diagnostics(err, p)
	}
	list := p.accept(process.manifest)
	if list.HasErrors() {
		_ = process.Abort()
		return list
	}
	manifests.put(p.sum, p.spec.Name, process.manifest)
	p.conn = process
	return list
}

func diagnostics(err error, p *plugin) diag.List {
	var one diag.Diagnostic
	if errors.As(err, &one) {
		return diag.List{one}
	}
	return diag.List{p.diagnostic("WH4020", "could not be started", err.Error(), "")}
}

// accept takes a manifest, if it is that of the plugin asked for.
func (p *plugin) accept(m *detect.Manifest) diag.List {
	if found := p.judge(m); found != nil {
		return diag.List{*found}
	}
	p.manifest = m
	return nil
}

func (p *plugin) judge(m *detect.Manifest) *diag.Diagnostic {
	var found diag.Diagnostic
	ok, err := satisfies(m.Version, p.spec.Version)
	switch {
	case m.Name != p.spec.Name:
		found = p.diagnostic("WH4024", fmt.Sprintf("calls itself %q", m.Name),
			"The name in the plugin block is that of the manifest.", fmt.Sprintf("write plugin %q into whimbrel.hcl, or, as its author, give the manifest the name %q", m.Name, p.spec.Name))
	case err != nil:
		found = p.diagnostic("WH4014", "cannot be held against version = "+fmt.Sprintf("%q", p.spec.Version),
			err.Error(), `write a constraint such as version = "~> 1.0"`)
	case !ok:
		found = p.diagnostic("WH4014", fmt.Sprintf("has version %s, the project wants %s", m.Version, p.spec.Version),
			p.spec.Path+" is what was found.", "install another version of the plugin, or change the constraint")
	case p.spec.Detector == nil && foreign(m) != "":
		found = p.diagnostic("WH4024", fmt.Sprintf("claims %q, which is outside its name", foreign(m)),
			fmt.Sprintf("What a plugin owns and emits begins with its name: %q.", m.Name+"."), p.report())
	default:
		return p.locked(m)
	}
	return &found
}

// foreign returns the first kind or operation of a manifest that is outside the
// plugin's name space.
func foreign(m *detect.Manifest) string {
	names := slices.Clone(m.Emits)
	for _, kind := range m.Kinds {
		names = append(names, kind.Name)
	}
	for _, name := range names {
		if !strings.HasPrefix(name, m.Name+".") {
			return name
		}
	}
	return ""
}
