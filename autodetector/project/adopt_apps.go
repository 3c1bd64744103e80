package project

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
)

// appsOf returns the apps of a project with those of the schemas of definitions that no
// app has, and these alone. Where apps are asked for, others are not added.
func (p *Project) appsOf(found []detect.Definition, wanted []string) (apps, added []source.App) {
	apps = slices.Clone(p.file.Apps)
	for _, schema := range schemasOf(found) {
		if slices.ContainsFunc(apps, func(a source.App) bool { return a.Schema == schema }) {
			continue
		}
		app := appOf(schema, apps)
		if len(wanted) == 0 || slices.Contains(wanted, app.Label) {
			apps, added = append(apps, app), append(added, app)
		}
	}
	return apps, added
}

// appOf returns the app of a schema, called after it.
func appOf(schema string, others []source.App) source.App {
	label := plainName(schema)
	for i := 2; slices.ContainsFunc(others, func(a source.App) bool { return a.Label == label }); i++ {
		label = fmt.Sprintf("%s_%d", plainName(schema), i)
	}
	app := source.App{Label: label, Models: label + "/models", Migrations: label + "/migrations", Schema: schema}
	if len(others) > 0 {
		app.Models = like(others[0].Label, others[0].Models, label, app.Models)
		app.Migrations = like(others[0].Label, others[0].Migrations, label, app.Migrations)
	}
	return app
}

// like returns the folder of an app as that of another one is called, or else the usual
// one.
func like(other, folder, label, usual string) string {
	parts := strings.Split(folder, "/")
	i := slices.Index(parts, other)
	if i < 0 {
		return usual
	}
	parts[i] = label
	return strings.Join(parts, "/")
}

// schemasOf returns the schemas in which there is something, public first.
func schemasOf(found []detect.Definition) []string {
	var names []string
	for _, d := range found {
		if d.Schema != "" && d.Name != address.Quote(d.Schema) && d.Text() != "" && !slices.Contains(names, d.Schema) {
			names = append(names, d.Schema)
		}
	}
	slices.Sort(names)
	if i := slices.Index(names, "public"); i > 0 {
		names = slices.Insert(slices.Delete(names, i, i+1), 0, "public")
	}
	return names
}

// chosen returns the apps that are asked for.
func chosen(apps []source.App, labels []string) ([]source.App, error) {
	if len(labels) == 0 {
		return apps, nil
	}
	var list []source.App
	for _, label := range labels {
		i := slices.IndexFunc(apps, func(a source.App) bool { return a.Label == label })
		if i < 0 {
			return nil, ArgumentError{fmt.Sprintf("--app %s: no app of the project and no schema of the database has this name", label)}
		}
		list = append(list, apps[i])
	}
	return list, nil
}

// check reports patterns that are none.
func (a Adoption) check() error {
	for _, pattern := range slices.Concat(a.Include, a.Exclude) {
		if _, err := path.Match(pattern, ""); err != nil {
			return ArgumentError{fmt.Sprintf("%q is no pattern: * stands for any characters, ? for one, [ab] for one of them", pattern)}
		}
	}
	return nil
}

// selected returns the definitions of the apps' schemas, and of none, that the patterns
// let through.
func (a Adoption) selected(found []detect.Definition, apps []source.App) []detect.Definition {
	out := map[string]bool{}
	for _, d := range found {
		if d.Whole == "" && !a.matches(d.Name) {
			out[d.Key()] = true
		}
	}
	var list []detect.Definition
	for _, d := range found {
		ours := d.Schema == "" || slices.ContainsFunc(apps, func(app source.App) bool { return app.Schema == d.Schema })
		if ours && !out[d.Key()] && !out[d.Whole] {
			list = append(list, d)
		}
	}
	return list
}

// matches reports whether an object is wanted.
func (a Adoption) matches(name string) bool {
	name = strings.ReplaceAll(name, `"`, "")
	one := func(pattern string) bool {
		whole, _ := path.Match(pattern, name)
		last, _ := path.Match(pattern, name[strings.IndexByte(name, '.')+1:])
		return whole || last
	}
	return (len(a.Include) == 0 || slices.ContainsFunc(a.Include, one)) && !slices.ContainsFunc(a.Exclude, one)
}

// within reports whether a path is a folder or in it.
func within(name, folder string) bool {
	folder = path.Clean(folder)
	return folder == "." || name == folder || strings.HasPrefix(name, folder+"/")
}
