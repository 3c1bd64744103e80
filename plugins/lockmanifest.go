package plugins

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// LockFolder is the folder beside the lock file that has the manifest of each
// locked plugin as NAME.json, for people who review the lock and for where the
// executable is not at hand.
const LockFolder = "whimbrel.lock.d"

// manifest returns the manifest of a plugin that is beside the lock file, nil if
// there is none. One that is not what the lock says is a diagnostic.
func (l *Lock) manifest(name string) (*detect.Manifest, *diag.Diagnostic) {
	entry, ok := l.Plugin(name)
	if !ok || l.root == "" || !isFileName(name) {
		return nil, nil
	}
	data, err := os.ReadFile(filepath.Join(l.root, LockFolder, name+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var m detect.Manifest
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		err = decoder.Decode(&m)
	}
	if err == nil && manifestSum(&m) != entry.Manifest {
		err = fmt.Errorf("its SHA-256 is not the one of the manifest in %s", LockFile)
	}
	if err != nil {
		return nil, tampered(name, err)
	}
	return &m, nil
}

func tampered(name string, err error) *diag.Diagnostic {
	file := LockFolder + "/" + name + ".json"
	return &diag.Diagnostic{
		Code:    "WH4016",
		Summary: fmt.Sprintf("%s is not the manifest of plugin %q that was locked", file, name),
		Detail:  err.Error() + ".",
		Next:    "restore the file, or look at the plugin and run: whimbrel plugin lock",
	}
}

// Check returns what is wrong with the manifests beside the lock file.
func (l *Lock) Check() diag.List {
	var found diag.List
	for _, entry := range l.Plugins {
		if _, wrong := l.manifest(entry.Name); wrong != nil {
			wrong.Range = entry.Range
			found = append(found, *wrong)
		}
	}
	return found
}

// writeManifests writes the manifests of a lock and removes those of others.
func writeManifests(root string, lock *Lock) error {
	folder := filepath.Join(root, LockFolder)
	wanted := map[string]bool{}
	for _, entry := range lock.Plugins {
		wanted[entry.Name+".json"] = true
		if entry.Pinned == nil || !isFileName(entry.Name) {
			continue
		}
		if err := writeManifest(folder, entry); err != nil {
			return fmt.Errorf("writing the manifest of plugin %s: %w", entry.Name, err)
		}
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*.json"))
	for _, file := range files {
		if !wanted[filepath.Base(file)] {
			_ = os.Remove(file) // what is left is in nobody's way
		}
	}
	_ = os.Remove(folder) // if it is empty
	return nil
}

func writeManifest(folder string, entry Entry) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(entry.Pinned); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return writeFile(filepath.Join(folder, entry.Name+".json"), text.Bytes(), 0o644)
}

// isFileName reports whether a name can be that of a file in a folder.
func isFileName(name string) bool {
	return name != "" && name == filepath.Base(name) && filepath.IsLocal(name)
}
