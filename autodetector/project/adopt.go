package project

import (
	"context"
	"path"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/declare/express"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Adoption says what of a database becomes model files.
type Adoption struct {
	// Apps are the labels of those whose files are wanted. Empty: all.
	Apps []string
	// Include and Exclude are patterns, as path.Match has them, of names: public.tmp_* or
	// tmp_*. What is part of an object goes with it.
	Include, Exclude []string
	// Folder is where the files go. Empty: the folders of the apps' models.
	Folder string
}

// Adopted is a database as models, of which nothing is written yet.
type Adopted struct {
	Files []ModelFile `json:"files"`
	// Apps are those of schemas that no app of the project has.
	Apps []source.App `json:"-"`
	// Left is what the files do not say.
	Left []catalog.Remainder `json:"left,omitempty"`
	// Objects is how many were read, parts of others included.
	Objects int `json:"objects"`

	project *Project
	chosen  []source.App
	state   *state.State
}

// Adopt turns definitions that were read from a database into model files. A schema
// that no app has gets one.
func (p *Project) Adopt(ctx context.Context, found []detect.Definition, a Adoption) (*Adopted, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	apps, added := p.appsOf(found, a.Apps)
	adopted := &Adopted{Apps: added, project: p}
	var err error
	if adopted.chosen, err = chosen(apps, a.Apps); err != nil {
		return nil, err
	}
	found = a.selected(found, apps)
	adopted.Objects = len(found)
	read, err := p.catalogSource(ctx, apps)
	if err != nil {
		return nil, err
	}
	if adopted.state, adopted.Left, err = read.Read(found); err != nil {
		return nil, err
	}
	adopted.keepChosen()
	return adopted, adopted.express(read, a.Folder)
}

// catalogSource returns what reads definitions for apps.
func (p *Project) catalogSource(ctx context.Context, apps []source.App) (catalog.Source, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return catalog.Source{}, err
	}
	file := p.file
	file.Apps = apps
	return catalog.Source{
		Project: file, File: p.document, Parser: parser.New(shop.host.Texts()),
		Detectors: append(builtin.Detectors(), shop.host.Detectors()...),
	}, nil
}

// keepChosen takes out what is said of the schemas of other apps.
func (d *Adopted) keepChosen() {
	d.Left = slices.DeleteFunc(d.Left, func(r catalog.Remainder) bool {
		return r.Schema != "" && !slices.ContainsFunc(d.chosen, func(a source.App) bool { return a.Schema == r.Schema })
	})
}

// express writes the files, in memory.
func (d *Adopted) express(read catalog.Source, folder string) error {
	in := express.Setting{Apps: d.placed(read.Project.Apps, folder), File: read.File, ByModel: true}
	in.Manifests = detect.ManifestsOf(read.Detectors...)
	documents, omitted := express.Express(d.state, in)
	for _, o := range omitted {
		d.Left = append(d.Left, catalog.Remainder{Kind: detect.Noun(o.Object.Kind()), Name: o.Object.Path(), Why: o.Why})
	}
	var err error
	d.Files, err = d.print(documents)
	return err
}

// placed returns apps with the folders that their files go to: below a folder, unless
// that is where the project has its models anyway.
func (d *Adopted) placed(apps []source.App, folder string) []source.App {
	if folder == "" || !slices.ContainsFunc(d.project.file.Apps, func(a source.App) bool { return !within(a.Models, folder) }) {
		return apps
	}
	moved := slices.Clone(apps)
	for i, a := range moved {
		if moved[i].Models = folder; len(moved) > 1 {
			moved[i].Models = path.Join(folder, a.Label)
		}
	}
	return moved
}
