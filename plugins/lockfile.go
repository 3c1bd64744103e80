package plugins

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// ReadLock reads the lock file of the project at root. Without one the lock is
// empty. What is wrong in the file is a diagnostic.
func ReadLock(root string) (*Lock, diag.List, error) {
	data, err := os.ReadFile(filepath.Join(root, LockFile))
	if errors.Is(err, fs.ErrNotExist) {
		return &Lock{}, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading the lock file: %w", err)
	}
	lock, found := parseLock(data)
	lock.root = root
	return lock, found, nil
}

// lockedBlock is a plugin block of the file.
type lockedBlock struct {
	Name     string            `hcl:"name,label"`
	Version  string            `hcl:"version"`
	Protocol int               `hcl:"protocol"`
	Manifest string            `hcl:"manifest"`
	Binary   map[string]string `hcl:"binary"`
	Range    hcl.Range         `hcl:",def_range"`
}

func parseLock(data []byte) (*Lock, diag.List) {
	var blocks struct {
		Plugins []lockedBlock `hcl:"plugin,block"`
	}
	file, problems := hclparse.NewParser().ParseHCL(data, LockFile)
	if !problems.HasErrors() {
		problems = append(problems, gohcl.DecodeBody(file.Body, nil, &blocks)...)
	}
	if problems.HasErrors() {
		return &Lock{}, unreadable(problems)
	}
	lock := &Lock{}
	var found diag.List
	for _, block := range blocks.Plugins {
		entry, err := block.locked()
		if _, twice := lock.Plugin(entry.Name); twice && err == nil {
			err = fmt.Errorf("plugin %q is locked twice", entry.Name)
		}
		if err != nil {
			found = append(found, badLock(err.Error(), "", place(block.Range)))
			continue
		}
		lock.Plugins = append(lock.Plugins, entry)
	}
	return lock, found
}

func (b lockedBlock) locked() (Entry, error) {
	entry := Entry{Name: b.Name, Version: b.Version, Protocol: b.Protocol, Binary: map[string]string{}, Range: place(b.Range)}
	var err error
	if entry.Manifest, err = parseSum(b.Manifest); err != nil {
		return entry, fmt.Errorf("the manifest of plugin %q: %w", b.Name, err)
	}
	for _, platform := range slices.Sorted(maps.Keys(b.Binary)) {
		if entry.Binary[platform], err = parseSum(b.Binary[platform]); err != nil {
			return entry, fmt.Errorf("the %s executable of plugin %q: %w", platform, b.Name, err)
		}
	}
	return entry, nil
}

const sumPrefix = "sha256:"

func parseSum(text string) (string, error) {
	if !regexp.MustCompile(`^sha256:[0-9a-f]{64}$`).MatchString(text) {
		return "", fmt.Errorf("%q is not sha256: and 64 hexadecimal digits", text)
	}
	return strings.TrimPrefix(text, sumPrefix), nil
}

func unreadable(problems hcl.Diagnostics) diag.List {
	var found diag.List
	for _, problem := range problems {
		var where diag.Range
		if problem.Subject != nil {
			where = place(*problem.Subject)
		}
		found = append(found, badLock(strings.TrimSuffix(problem.Summary, "."), problem.Detail, where))
	}
	return found
}

func badLock(what, why string, where diag.Range) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH4015", Summary: "the lock file cannot be used: " + what, Detail: why,
		Next: "restore or delete " + LockFile + ", then run: whimbrel plugin lock", Range: where,
	}
}

func place(r hcl.Range) diag.Range {
	return diag.Range{
		File:  r.Filename,
		Start: diag.Pos{Line: r.Start.Line, Column: r.Start.Column, Byte: r.Start.Byte},
		End:   diag.Pos{Line: r.End.Line, Column: r.End.Column, Byte: r.End.Byte},
	}
}

// WriteLock writes the lock file of the project at root, and the manifests into
// the folder beside it. Each file is there completely or not at all.
func WriteLock(root string, lock *Lock) error {
	file := hclwrite.NewEmptyFile()
	file.Body().AppendUnstructuredTokens(hclwrite.Tokens{{Type: 0, Bytes: []byte(lockHeader)}})
	for _, entry := range lock.Plugins {
		body := file.Body().AppendNewBlock("plugin", []string{entry.Name}).Body()
		body.SetAttributeValue("version", cty.StringVal(entry.Version))
		body.SetAttributeValue("protocol", cty.NumberIntVal(int64(entry.Protocol)))
		body.SetAttributeValue("manifest", cty.StringVal(sumPrefix+entry.Manifest))
		sums := map[string]cty.Value{}
		for platform, sum := range entry.Binary {
			sums[platform] = cty.StringVal(sumPrefix + sum)
		}
		body.SetAttributeValue("binary", cty.MapVal(sums))
	}
	if err := writeFile(filepath.Join(root, LockFile), hclwrite.Format(file.Bytes()), 0o644); err != nil {
		return fmt.Errorf("writing the lock file: %w", err)
	}
	return writeManifests(root, lock)
}

const lockHeader = `# The plugins that this project may run. Written by "whimbrel plugin lock";
# belongs into version control.

`

// writeFile replaces a file in one step.
func writeFile(path string, data []byte, mode fs.FileMode) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(mode), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
