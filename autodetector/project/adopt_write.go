package project

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// Write writes the files, and the apps that the project does not have into its file. It
// returns the names of the files that were not there before. Nothing is written where
// another file is in the way: one with another text, or with models of its own.
func (d *Adopted) Write() ([]string, error) {
	if err := d.free(); err != nil {
		return nil, err
	}
	var written []string
	if changed, err := d.project.writeApps(d.Apps); err != nil {
		return nil, err
	} else if changed {
		written = append(written, d.project.file.File)
	}
	for _, f := range d.Files {
		new, err := d.project.put(f)
		if err != nil {
			return written, err
		}
		if new {
			written = append(written, f.Name)
		}
	}
	return written, nil
}

// put writes a file, unless it is there with that text already.
func (p *Project) put(f ModelFile) (bool, error) {
	name := p.path(f.Name)
	if text, err := os.ReadFile(name); err == nil && string(text) == f.Text {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return false, fmt.Errorf("making a folder of models: %w", err)
	}
	if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
		return false, fmt.Errorf("writing models: %w", err)
	}
	return true, nil
}

// free returns the error for files that are in the way.
func (d *Adopted) free() error {
	var inTheWay []string
	for _, folder := range d.folders() {
		names, err := d.modelFiles(folder)
		if err != nil {
			return err
		}
		inTheWay = append(inTheWay, names...)
	}
	if len(inTheWay) == 0 {
		return nil
	}
	slices.Sort(inTheWay)
	return diag.Diagnostic{
		Code:    "WH0161",
		Summary: "there are model files already, and they say something else than the database",
		Detail:  "Nothing is written. In the way: " + strings.Join(inTheWay, ", ") + ".",
		Next:    "move them away, or write into a folder of its own to compare: whimbrel inspect --out FOLDER",
	}
}

// folders returns the folders that files go to.
func (d *Adopted) folders() []string {
	var list []string
	for _, f := range d.Files {
		if folder := path.Dir(f.Name); !slices.Contains(list, folder) {
			list = append(list, folder)
		}
	}
	return list
}

// modelFiles returns the files of a folder that hold something else than what is to be
// written there. One that declares nothing is not in the way.
func (d *Adopted) modelFiles(folder string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(d.project.path(folder), func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() || !slices.Contains([]string{".hcl", ".sql"}, path.Ext(entry.Name())) {
			return err
		}
		text, err := os.ReadFile(file)
		if err == nil && !d.same(file, text) && !hcl.Empty(entry.Name(), text) {
			names = append(names, d.project.relative(file))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking at the folder of the models: %w", err)
	}
	return names, nil
}

// same reports whether a file is one of those to be written, with the same text.
func (d *Adopted) same(file string, text []byte) bool {
	return slices.ContainsFunc(d.Files, func(f ModelFile) bool {
		return d.project.path(f.Name) == file && f.Text == string(text)
	})
}

// relative returns the name of a file in the project.
func (p *Project) relative(file string) string {
	if name, err := filepath.Rel(p.root, file); err == nil && filepath.IsLocal(name) {
		return filepath.ToSlash(name)
	}
	return file
}

// writeApps writes the project file of a new project, or adds apps to one.
func (p *Project) writeApps(added []source.App) (changed bool, err error) {
	if p.unbegun {
		return true, p.begin()
	}
	if len(added) == 0 {
		return false, nil
	}
	if !p.namesApps() {
		added = slices.Concat(p.file.Apps, added)
	}
	_, err = p.edit(func(text []byte) ([]byte, error) {
		return append(append(bytes.TrimRight(text, "\n"), '\n'), appBlocks(added)...), nil
	})
	return true, err
}
