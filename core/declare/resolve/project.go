package resolve

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Project returns what a project file says. Root is its folder, known are the
// manifests of plugins that need not be started.
//
// What is neither a word of the project file nor an option of the known plugins
// is a mistake if no other plugin is in use: only Resolve sees the manifests of
// all.
func Project(root string, file *declare.Document, problems diag.List, known ...*detect.Manifest) (source.Project, diag.List) {
	project := source.Project{Root: root, File: file.Name, Online: true}
	r := &projectReader{loader: newLoader(Tree{Project: project}, newCatalog(nil, nil)), file: file, project: &project}
	for _, d := range problems {
		r.add(d)
	}
	r.read()
	r.checkWords(known)
	return project, r.list().Sorted()
}

// A projectReader reads the project file.
type projectReader struct {
	*loader
	file     *declare.Document
	project  *source.Project
	policies int // of the project, that were read
}

var (
	projectGrammar     = grammar{what: "the project file", attrs: []string{"online"}, blocks: []string{"app", "environment", "plugin", "policy"}, place: everywhere}
	appGrammar         = grammar{what: "an app", attrs: []string{"models", "migrations", "schema"}, place: everywhere}
	environmentGrammar = grammar{what: "an environment", attrs: []string{"url", "catalog_url"}, blocks: []string{"policy"}}
	pluginGrammar      = grammar{what: "a plugin", attrs: []string{"source", "version", "timeout"}, blocks: []string{"config"}}
)

func (r *projectReader) read() {
	r.checkRepeated(r.file, r.file.Body, projectGrammar)
	for _, a := range r.file.Body.Attrs {
		if a.Name.Text == "online" {
			r.project.Online, _ = r.flag(r.file, a)
		}
	}
	for _, b := range r.file.Body.Blocks {
		switch b.Type.Text {
		case "app":
			r.app(b)
		case "environment":
			r.environment(b)
		case "plugin":
			r.plugin(b)
		case "policy":
			r.projectPolicy(b)
		case "model", "mixin":
			r.misplaced(r.file, b)
		}
	}
	if len(r.project.Apps) == 0 {
		r.project.Apps = []source.App{r.namedAfterFolder()}
	}
	r.checkFolders()
}

// misplaced reports a block of a model file.
func (l *loader) misplaced(f *declare.Document, b *declare.Block) {
	l.report(declare.Place{Document: f, Span: b.Type.Span}, codeUnknownBlock, fmt.Sprintf("block %q stands in the project file", b.Type.Text),
		"It belongs into the folder of an app's models.", "move it to models/NAME.hcl")
}

// namedAfterFolder is the app of a project that declares none.
func (r *projectReader) namedAfterFolder() source.App {
	label := "app"
	if root, err := filepath.Abs(r.project.Root); err == nil && filepath.Base(root) != string(filepath.Separator) {
		label = filepath.Base(root)
	}
	return source.App{Label: label, Models: "models", Migrations: "migrations", Schema: publicSchema, Range: r.file.Range(declare.Span{})}
}

func (r *projectReader) app(b *declare.Block) {
	name, ok := r.label(r.file, b)
	if !ok {
		return
	}
	app := source.App{Label: name.Text, Models: "models", Migrations: "migrations", Schema: publicSchema, Range: r.file.Range(name.Span)}
	r.checkRepeated(r.file, b.Body, appGrammar)
	for _, a := range b.Body.Attrs {
		switch a.Name.Text {
		case "models":
			r.folder(a, &app.Models)
		case "migrations":
			r.folder(a, &app.Migrations)
		case "schema":
			app.Schema, _ = r.schemaName(r.file, a)
		}
	}
	for _, other := range r.project.Apps {
		if other.Label == app.Label {
			r.report(declare.Place{Document: r.file, Span: name.Span}, CodeApp, fmt.Sprintf("app %q is declared twice", app.Label),
				fmt.Sprintf("It is declared at %s already.", other.Range), "give one of the two another name")
			return
		}
	}
	r.project.Apps = append(r.project.Apps, app)
}

// folder reads a folder inside the project.
func (r *projectReader) folder(a *declare.Attr, into *string) {
	text, ok := r.text(r.file, a)
	if !ok {
		return
	}
	clean := path.Clean(filepath.ToSlash(text))
	if text == "" || path.IsAbs(clean) || filepath.IsAbs(text) || clean == ".." || strings.HasPrefix(clean, "../") {
		r.report(declare.Place{Document: r.file, Span: a.Value.Span}, CodeApp, fmt.Sprintf("argument %q names no folder of the project", a.Name.Text),
			"Folders are relative to the project file and inside its folder.", fmt.Sprintf("write %s = %q", a.Name.Text, a.Name.Text))
		return
	}
	*into = clean
}

// checkFolders reports apps that would read each other's files.
func (r *projectReader) checkFolders() {
	for i, app := range r.project.Apps {
		for _, other := range r.project.Apps[:i] {
			r.sharedFolder(app, other, "models", app.Models, other.Models, true)
			r.sharedFolder(app, other, "migrations", app.Migrations, other.Migrations, false)
		}
	}
}

func (r *projectReader) sharedFolder(app, other source.App, what, mine, theirs string, below bool) {
	shared := mine == theirs
	if below {
		shared = shared || mine == "." || theirs == "." || strings.HasPrefix(mine+"/", theirs+"/") || strings.HasPrefix(theirs+"/", mine+"/")
	}
	if !shared {
		return
	}
	why := fmt.Sprintf("Both have %s = %q.", what, mine)
	if mine != theirs {
		why = fmt.Sprintf("%q and %q are one inside the other, and folders of models are read recursively.", theirs, mine)
	}
	r.add(diag.Diagnostic{
		Code: CodeApp, Range: app.Range, Summary: fmt.Sprintf("apps %q and %q share a folder of %s", other.Label, app.Label, what),
		Detail: why, Next: fmt.Sprintf("write in each of them %s = \"%s/NAME\"", what, what),
	})
}

func (r *projectReader) environment(b *declare.Block) {
	name, ok := r.label(r.file, b)
	if !ok {
		return
	}
	r.checkRepeated(r.file, b.Body, environmentGrammar)
	e := source.Environment{Name: name.Text, Range: r.file.Range(name.Span)}
	for _, a := range b.Body.Attrs {
		switch a.Name.Text {
		case "url":
			e.URL = r.url(a)
		case "catalog_url":
			e.CatalogURL = r.url(a)
		default:
			r.unknownAttr(r.file, a.Name, environmentGrammar)
		}
	}
	e.Policy = r.environmentPolicy(b.Body)
	if slices.ContainsFunc(r.project.Environments, func(other source.Environment) bool { return other.Name == e.Name }) {
		r.report(declare.Place{Document: r.file, Span: name.Span}, codeEnvironment, fmt.Sprintf("environment %q is declared twice", e.Name), "", "give one of the two another name")
		return
	}
	r.project.Environments = append(r.project.Environments, e)
}

// url reads "postgres://..." or env("NAME"), with an optional second argument
// for a variable that is not set.
func (r *projectReader) url(a *declare.Attr) string {
	e := strip(a.Value)
	if e.Kind == declare.String {
		return e.Text
	}
	fine := e.Kind == declare.Call && e.Text == "env" && (len(e.Args) == 1 || len(e.Args) == 2)
	for _, arg := range e.Args {
		fine = fine && strip(arg).Kind == declare.String
	}
	if !fine {
		r.badValue(r.file, a, "a string or env(\"NAME\")", `env("DATABASE_URL")`)
		return ""
	}
	if value, set := os.LookupEnv(strip(e.Args[0]).Text); set || len(e.Args) == 1 {
		return value
	}
	return strip(e.Args[1]).Text
}

func (r *projectReader) plugin(b *declare.Block) {
	name, ok := r.label(r.file, b)
	if !ok {
		return
	}
	p := source.Plugin{Name: name.Text, Config: json.RawMessage("{}"), Range: r.file.Range(name.Span)}
	r.checkRepeated(r.file, b.Body, pluginGrammar)
	for _, a := range b.Body.Attrs {
		switch a.Name.Text {
		case "source":
			p.Source, _ = r.text(r.file, a)
		case "version":
			p.Version, _ = r.text(r.file, a)
		case "timeout":
			p.Timeout = r.duration(a)
		default:
			r.unknownAttr(r.file, a.Name, pluginGrammar)
		}
	}
	for i, inner := range b.Body.Blocks {
		if inner.Type.Text != "config" || i > 0 {
			r.unknownBlock(r.file, inner.Type, pluginGrammar)
			continue
		}
		r.unlabelled(r.file, inner)
		if encoded, err := state.Encode(r.config(inner.Body)); err == nil {
			p.Config = encoded
		}
	}
	if slices.ContainsFunc(r.project.Plugins, func(other source.Plugin) bool { return other.Name == p.Name }) {
		r.report(declare.Place{Document: r.file, Span: name.Span}, codePlugin, fmt.Sprintf("plugin %q is declared twice", p.Name), "", "take one of the two out")
		return
	}
	r.project.Plugins = append(r.project.Plugins, p)
}

// duration reads a time such as "2s", of more than nothing.
func (r *projectReader) duration(a *declare.Attr) time.Duration {
	text, ok := r.text(r.file, a)
	if !ok {
		return 0
	}
	limit, err := time.ParseDuration(text)
	if err != nil || limit <= 0 {
		r.badValue(r.file, a, "a time such as \"30s\" or \"2m\"", `"30s"`)
		return 0
	}
	return limit
}

// config reads configuration as it is written; the plugin's manifest says later
// whether it is right.
func (r *projectReader) config(body *declare.Body) map[string]any {
	r.checkRepeated(r.file, body, grammar{})
	values := map[string]any{}
	for _, a := range body.Attrs {
		if v, ok := r.configValue(a.Value); ok {
			values[a.Name.Text] = v
		}
	}
	for _, b := range body.Blocks {
		r.unlabelled(r.file, b)
		if _, twice := values[b.Type.Text]; twice {
			r.report(declare.Place{Document: r.file, Span: b.Type.Span}, codeRepeated, fmt.Sprintf("%q stands twice", b.Type.Text), "", "keep one of the two")
			continue
		}
		values[b.Type.Text] = r.config(b.Body)
	}
	return values
}

func (r *projectReader) configValue(e *declare.Expr) (any, bool) {
	e = strip(e)
	switch {
	case e.Kind == declare.String:
		return e.Text, true
	case e.Kind == declare.Bool:
		return e.Text == "true", true
	case e.Kind == declare.Number:
		return json.Number(e.Text), true
	case e.Kind == declare.Operator && e.Text == "-" && len(e.Args) == 1 && strip(e.Args[0]).Kind == declare.Number:
		return json.Number("-" + strip(e.Args[0]).Text), true
	case e.Kind == declare.Word:
		return dotted(e), true
	case e.Kind == declare.List:
		list, fine := []any{}, true
		for _, arg := range e.Args {
			v, ok := r.configValue(arg)
			list, fine = append(list, v), fine && ok
		}
		return list, fine
	}
	r.report(declare.Place{Document: r.file, Span: e.Span}, codePlugin, "configuration is made of strings, numbers, true, false, bare words and lists", "", "write one of these")
	return nil, false
}
