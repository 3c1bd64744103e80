package hcl_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// guards and types are manifests of plugins for tests.
func guards() *detect.Manifest {
	one := int64(1)
	rule := detect.Shape{Attrs: []detect.Attr{
		{Name: "query", Type: detect.TypeQuery},
		{Name: "when", Type: detect.TypeExpression},
		{Name: "error", Type: detect.TypeString, Pattern: ".+"},
		{Name: "fields", Type: detect.TypeFields, Aspects: []string{"name"}},
		{Name: "key", Type: detect.TypeField},
		{Name: "of", Type: detect.TypeModel},
		{Name: "most", Type: detect.TypeInt, Min: &one},
		{Name: "share", Type: detect.TypeDecimal},
		{Name: "mode", Type: detect.TypeKeyword, OneOf: []string{"strict", "loose"}},
		{Name: "tags", Type: detect.TypeStrings},
		{Name: "on", Type: detect.TypeBool},
		{Name: "words", Type: detect.TypeNames},
		{Name: "step", Type: detect.TypeBlocks, Shape: &detect.Shape{Attrs: []detect.Attr{
			{Name: "of", Type: detect.TypeType, Required: true}, {Name: "strict", Type: detect.TypeBool, Fill: true, Default: "true"},
		}}},
		{Name: "more", Type: detect.TypeBlock, Shape: &detect.Shape{Attrs: []detect.Attr{{Name: "name", Type: detect.TypeString, Required: true}}}},
	}}
	return &detect.Manifest{
		Name: "guards", Kinds: []detect.Kind{
			{Name: "guards.rule"}, {Name: "guards.watch"}, {Name: "guards.mask"}, {Name: "guards.log"}, {Name: "guards.note"},
		},
		Options: []detect.Option{
			{Name: "rule", On: detect.OnModel, Kind: "guards.rule", Labelled: true, Shape: rule},
			{Name: "watch", On: detect.OnModel, Kind: "guards.watch", Switch: true, Inherited: true, Shape: rule},
			{Name: "note", On: detect.OnModel, Kind: "guards.note", Labelled: true, Inherited: true, Shape: detect.Shape{
				Attrs: []detect.Attr{{Name: "error", Type: detect.TypeString, Required: true}},
			}},
			{Name: "mask", On: detect.OnField, Kind: "guards.mask", Switch: true},
		},
		Implications: []detect.Implication{
			{Kind: "guards.log", Names: []string{"log"}, ByKind: "guards.watch"},
			{Kind: "schema", Names: []string{"audit"}, ByKind: "guards.log"},
		},
	}
}

// streams is the manifest of a plugin with blocks of the project file, one of which
// model files can name.
func streams() *detect.Manifest {
	return &detect.Manifest{
		Name: "streams", Kinds: []detect.Kind{{Name: "streams.stream"}, {Name: "streams.reader"}, {Name: "streams.notice"}, {Name: "streams.copy"}, {Name: "streams.ward"}},
		Options: []detect.Option{
			{Name: "stream", On: detect.OnProject, Kind: "streams.stream", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
				{Name: "of", Type: detect.TypeModel, Required: true, Doc: "The model."},
				{Name: "field", Type: detect.TypeRef, Kinds: []string{"field"}},
				{Name: "name", Type: detect.TypeString, Names: "publication"},
			}}},
			{Name: "reader", On: detect.OnApp, Kind: "streams.reader", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
				{Name: "of", Type: detect.TypeRef, Kinds: []string{"streams.stream"}},
				{Name: "reads", Type: detect.TypeRefs, Kinds: []string{"field", "model", "streams.reader"}, Aspects: []string{"type"}, Doc: "What it reads."},
				{Name: "on", Type: detect.TypeKeywords, OneOf: []string{"insert", "update", "delete"}},
				{Name: "name", Type: detect.TypeString, Names: "relation"},
				{Name: "schema", Type: detect.TypeString, Names: "schema"},
			}}},
			{Name: "ward", On: detect.OnApp, Kind: "streams.ward", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
				{Name: "of", Type: detect.TypeModel, Required: true},
				{Name: "name", Type: detect.TypeString, Names: "rule"},
			}}},
			{Name: "notice", On: detect.OnModel, Kind: "streams.notice", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
				{Name: "trigger", Type: detect.TypeString, Names: "trigger"},
			}}},
			{Name: "copy", On: detect.OnField, Kind: "streams.copy", Switch: true, Shape: detect.Shape{Attrs: []detect.Attr{
				{Name: "table", Type: detect.TypeString, Names: "relation"},
				{Name: "schema", Type: detect.TypeString, Names: "schema"},
			}}},
		},
	}
}

func types() *detect.Manifest {
	return &detect.Manifest{
		Name: "types", Kinds: []detect.Kind{{Name: "types.extension"}},
		Implications: []detect.Implication{
			{Kind: "types.extension", Names: []string{"hstore"}, ByTypes: []string{"hstore"}, ByCalls: []string{"akeys"}},
			{Kind: "types.extension", Names: []string{"vector"}, ByTypes: []string{"vector"}, ByMethods: []string{"hnsw"}, ByOpclass: []string{"vector_l2_ops"}},
			{Kind: "types.extension", Names: []string{"btree_gist"}, ByOpclass: []string{"gist:integer", "gist:enum"}},
		},
	}
}

// builtins are the manifests of the built-in kinds.
func builtins() []*detect.Manifest {
	var list []*detect.Manifest
	for _, d := range builtin.Detectors() {
		list = append(list, d.Manifest())
	}
	return list
}

// read reads the project of an archive. Without a project file in it, there is
// one app, shop, whose files are in models.
func read(t testing.TB, archive *txtar.Archive, enabled ...*detect.Manifest) (*hcl.Source, source.Declaration, diag.List) {
	t.Helper()
	root := t.TempDir()
	hasProject := false
	for _, f := range archive.Files {
		hasProject = hasProject || f.Name == hcl.ProjectFile
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	project := source.Project{Root: root, File: hcl.ProjectFile, Apps: []source.App{{Label: "shop", Models: "models", Schema: "public"}}}
	if hasProject {
		read, problems, err := hcl.ReadProject(root, append(builtins(), guards(), types())...)
		if err != nil {
			t.Fatal(err)
		}
		if problems.HasErrors() {
			return hcl.New(read, enabled), source.Declaration{}, problems
		}
		project = read
	}
	s := hcl.New(project, append(builtins(), enabled...), hcl.Available(guards(), types()))
	declaration, problems, err := s.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, declaration, problems
}

// list writes a state, one object a line and its references below it.
func list(to *state.State, kinds ...string) string {
	var b strings.Builder
	for o := range to.All() {
		if !wanted(o.Address.Kind(), kinds) {
			continue
		}
		fmt.Fprintf(&b, "%s %s\n", o.Address, o.Attrs)
		for _, ref := range o.Refs {
			fmt.Fprintf(&b, "  > %s (%s)\n", ref.Target, strings.Join(ref.Aspects.Names(), " "))
		}
	}
	return b.String()
}

func wanted(kind string, kinds []string) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return len(kinds) == 0
}

func manifests(names []string) []*detect.Manifest {
	var list []*detect.Manifest
	for _, name := range names {
		switch name {
		case "guards":
			list = append(list, guards())
		case "types":
			list = append(list, types())
		case "streams":
			list = append(list, streams())
		}
	}
	return list
}

// A plugin cannot own the words of the language, at any place where one could stand.
func TestWordsOfTheLanguage(t *testing.T) {
	t.Parallel()
	for on, words := range map[detect.Place][]string{
		detect.OnModel: {"field", "include"}, detect.OnField: {"type", "null"},
		detect.OnApp: {"model", "mixin", "plugin", "app"}, detect.OnProject: {"app", "model", "environment"},
	} {
		for _, word := range words {
			m := &detect.Manifest{Name: "p", Kinds: []detect.Kind{{Name: "p.k"}}, Options: []detect.Option{{Name: word, On: on, Kind: "p.k", Labelled: true}}}
			_, problems, err := hcl.New(source.Project{Root: t.TempDir(), Apps: []source.App{{Label: "shop", Models: "models"}}}, []*detect.Manifest{m}).Read(t.Context())
			require.NoError(t, err)
			require.Contains(t, problems.Error(), `plugin "p" declares option "`+word+`", which is a word of the model language`)
		}
	}
}
