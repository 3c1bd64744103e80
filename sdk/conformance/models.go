package conformance

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A stage is one state of the project.
type stage struct {
	name     string
	declared source.Declaration
}

// read reads the models, between nothing and nothing.
func (t *trial) read(ctx context.Context) ([]stage, bool) {
	stages := []stage{{name: "nothing", declared: nothing()}}
	for _, models := range t.Models {
		declared, found, err := t.parse(ctx, models.Text)
		if err != nil || found.HasErrors() {
			t.wrong(modelsCheck, "%s: %s", models.Name, explained(found, err))
			return nil, false
		}
		stages = append(stages, stage{name: models.Name, declared: declared})
	}
	return append(stages, stages[0]), true
}

// nothing is what a project without models declares.
func nothing() source.Declaration { return source.Declaration{State: state.New()} }

// parse reads the models of an app named "app".
func (t *trial) parse(ctx context.Context, text string) (source.Declaration, diag.List, error) {
	root, err := os.MkdirTemp("", "whimbrel-conformance-")
	if err != nil {
		return source.Declaration{}, nil, err
	}
	defer os.RemoveAll(root)
	if err := os.WriteFile(filepath.Join(root, "models.hcl"), []byte(text), 0o600); err != nil {
		return source.Declaration{}, nil, err
	}
	tree, err := hcl.New(sampleProject(root), t.manifests()).Tree(ctx)
	if err != nil {
		return source.Declaration{}, nil, err
	}
	tree.Documents = t.apart(tree.Documents)
	declared, found := resolve.Resolve(tree, t.manifests(), nil)
	return declared, found, nil
}

// apart moves the blocks of documents that belong into the project file into
// documents of their own, so that models need no second text for them.
func (t *trial) apart(documents []*declare.Document) []*declare.Document {
	var all []*declare.Document
	for _, d := range documents {
		models, base := *d, *d
		base.App, base.Body, models.Body = "", &declare.Body{}, &declare.Body{Attrs: d.Body.Attrs}
		for _, b := range d.Body.Blocks {
			if !t.inProjectFile(b.Type.Text) {
				models.Body.Blocks = append(models.Body.Blocks, b)
			} else {
				base.Body.Blocks = append(base.Body.Blocks, b)
			}
		}
		all = append(all, &models, &base)
	}
	return all
}

// inProjectFile reports whether a word begins a block of the project file.
func (t *trial) inProjectFile(word string) bool {
	return slices.ContainsFunc(t.manifests(), func(m *detect.Manifest) bool {
		return slices.ContainsFunc(m.Options, func(o detect.Option) bool { return o.On == detect.OnProject && o.Name == word })
	})
}

// sampleProject is a project of one app in a folder.
func sampleProject(root string) source.Project {
	return source.Project{Root: root, File: "whimbrel.hcl", Apps: []source.App{
		{Label: "app", Models: ".", Migrations: "migrations", Schema: "public"},
	}}
}

// explained returns what is wrong as one line.
func explained(found diag.List, err error) string {
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, d := range found {
		if d.Severity == diag.Error {
			lines = append(lines, strings.TrimSpace(d.Error()+". "+d.Next))
		}
	}
	return strings.Join(lines, "; ")
}

// ReadModels reads the files *.hcl of a folder, each as one state, by name.
func ReadModels(dir string) ([]Models, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.hcl"))
	if err != nil {
		return nil, err
	}
	var list []Models
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		list = append(list, Models{Name: filepath.Base(file), Text: string(text)})
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s has no model files, *.hcl", dir)
	}
	return list, nil
}
