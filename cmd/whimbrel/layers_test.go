package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/whimbreldb/whimbrel/"

// layers are the packages of the project from the bottom up. A package imports
// packages of lower layers only; a name that ends in "/*" stands for all below.
var layers = []struct {
	label    string
	packages []string
}{
	{"0", []string{"core/address", "core/diag", "core/graph", "core/pgtype"}},
	{"1", []string{"core/sqltext", "core/state"}},
	{"1, terms", []string{"core/sqltext/term"}},
	{"1, parser", []string{"core/sqltext/parser"}},
	{"1, definitions", []string{"core/sqltext/ddl"}},
	{"2", []string{"core/expression", "core/operation"}},
	{"3, model", []string{"core/model"}},
	{"3", []string{"core/detect", "core/migration"}},
	{"3, review", []string{"core/review", "core/simulation"}},
	{"3, branch", []string{"core/branch"}},
	{"4, source", []string{"core/source"}},
	{"4", []string{"core/declare", "core/frozen"}},
	{"4, lint", []string{"core/lint"}},
	{"4, resolve", []string{"core/declare/resolve"}},
	{"4, express", []string{"core/declare/express"}},
	{"5, syntax", []string{"core/source/hcl/syntax", "core/source/sql"}},
	{"5, catalog", []string{"core/source/catalog"}},
	{"5", []string{"core/source/hcl", "core/postgres"}},
	{"5, scratch", []string{"core/postgres/scratch"}},
	{"5, runner", []string{"core/runner"}},
	{"6", []string{"sdk", "sdk/manual", "sdk/protocol"}},
	{"6, serve", []string{"sdk/serve"}},
	{"7, columns", []string{"autodetector/builtin/column"}},
	{"7, shared by kinds", []string{"autodetector/builtin/key", "autodetector/builtin/partitioning", "autodetector/builtin/query", "autodetector/builtin/usertype"}},
	{"7, functions and the like", []string{"autodetector/builtin/routine"}},
	{"7, record", []string{"contrib/triggers/record"}},
	{"7, kinds and plugins", []string{"autodetector/builtin/*", "contrib/*"}},
	{"7", []string{"autodetector", "autodetector/builtin"}},
	{"7, tests", []string{"autodetector/detecttest", "autodetector/detecttest/*", "autodetector/proptest"}},
	{"8", []string{"plugins"}},
	{"8, conformance", []string{"sdk/conformance"}},
	{"8, interpreter", []string{"sdk/sdktest/interpreter"}},
	{"8, tests", []string{"sdk/sdktest"}},
	{"9", []string{"autodetector/project"}},
	{"9, library", []string{"whimbrel"}}, // the root
	{"10, output", []string{"cmd/whimbrel/internal/output"}},
	{"10, input", []string{"cmd/whimbrel/internal/input"}},
	{"10, plugin", []string{"cmd/whimbrel/internal/cli/*"}},
	{"10", []string{"cmd/whimbrel/internal/cli"}},
	{"11, examples", []string{"examples", "examples/*"}},
	{"11", []string{"cmd/*"}},
	{"12, tests", []string{"cmd/whimbrel/internal/clitest"}},
}

// allowed says which packages may import a module from outside the project.
// What is not listed may not be imported at all.
var allowed = map[string][]string{
	"github.com/jackc/pgx/v5":                    {"whimbrel", "core/postgres", "core/postgres/scratch", "contrib/triggers/auditlog", "cmd/whimbrel/internal/clitest", "examples/embedded"},
	"github.com/fergusstrange/embedded-postgres": {"core/postgres/scratch"},
	"github.com/wasilibs/go-pgquery":             {"core/sqltext/parser"},
	"github.com/hashicorp/hcl/v2":                {"core/source/hcl", "core/source/hcl/syntax", "plugins"},
	"github.com/zclconf/go-cty":                  {"core/source/hcl", "core/source/hcl/syntax", "plugins"},
	"github.com/hashicorp/go-plugin":             {"sdk/protocol", "sdk/serve", "sdk/sdktest", "plugins"},
	"github.com/hashicorp/go-hclog":              {"sdk/protocol", "sdk/serve", "sdk/sdktest", "plugins"},
	"google.golang.org/grpc":                     {"sdk/protocol", "sdk/serve", "sdk/sdktest", "plugins"},
	"google.golang.org/protobuf":                 {"sdk/protocol", "sdk/serve", "sdk/sdktest", "plugins"},
	"github.com/spf13/cobra":                     {"cmd/whimbrel/internal/cli", "cmd/whimbrel/internal/cli/audit", "cmd/whimbrel/internal/cli/plugin", "cmd/whimbrel/internal/input", "cmd/whimbrel/internal/output"},
	"github.com/spf13/pflag":                     {"cmd/whimbrel/internal/input", "cmd/whimbrel/internal/output"},
	"golang.org/x/mod":                           {"plugins"},
	"golang.org/x/sys":                           {"plugins"},
	"golang.org/x/term":                          {"cmd/whimbrel/internal/output"},
	"github.com/rogpeppe/go-internal":            {"cmd/whimbrel/internal/clitest"},
	"pgregory.net/rapid":                         {"autodetector/proptest"},
	"github.com/stretchr/testify":                {"autodetector/detecttest", "sdk/sdktest", "cmd/whimbrel/internal/clitest"},
}

// narrow says of packages which ones of the project they import at most: a built-in
// kind is written as a stranger's, and the autodetector knows none.
var narrow = map[string][]string{
	"autodetector":           {"core/*"},
	"autodetector/builtin/*": {"core/*", "sdk", "autodetector/builtin/*"},
	"contrib/*":              {"core/*", "sdk", "contrib/*"},
}

// light are the packages that others link into their programs: they bring
// neither a database driver nor a protocol with them.
var (
	light = []string{
		"autodetector", "autodetector/builtin", "contrib/triggers", "contrib/triggers/record", "contrib/extensions",
		"contrib/policies", "contrib/updatedat", "contrib/softdelete", "sdk",
	}
	heavy = []string{"github.com/jackc/pgx", "google.golang.org/grpc", "github.com/hashicorp/go-plugin"}
)

// embedded is what an application links for applying, and kept what it may not bring:
// neither plugins, nor the language of the models, nor the parser of SQL.
var (
	embedded = []string{"whimbrel", "core/runner"}
	kept     = []string{"google.golang.org/grpc", "github.com/hashicorp/", "github.com/wasilibs/", module + "sdk", module + "autodetector"}
)

func TestLayers(t *testing.T) {
	t.Parallel()
	var wrong []string
	for _, p := range listed(t) {
		wrong = append(wrong, p.upward()...)
		wrong = append(wrong, p.wide()...)
		wrong = append(wrong, p.foreign()...)
		wrong = append(wrong, p.weight()...)
	}
	require.Empty(t, wrong, strings.Join(wrong, "\n"))
}

func TestLayersOnlyOneWay(t *testing.T) {
	t.Parallel()
	p := listing{ImportPath: module + "core/state", Imports: []string{module + "core/migration", module + "core/address", "example.com/x"}}
	require.Equal(t, []string{"core/state (1) imports core/migration (3)"}, p.upward())
	require.Equal(t, []string{"core/state (1) imports example.com/x, which is not on the list"}, p.foreign())
	kind := listing{ImportPath: module + "autodetector/builtin/index", Imports: []string{module + "sdk", module + "sdk/serve"}}
	require.Equal(t, []string{"autodetector/builtin/index imports sdk/serve, which is more than core/*, sdk, autodetector/builtin/*"}, kind.wide())
}

// A listing is what go list says of a package.
type listing struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func (p listing) name() string { return nameOf(p.ImportPath) }

// nameOf returns a path of the project without the module: the last name of it for the
// root.
func nameOf(path string) string {
	if path+"/" == module {
		return "whimbrel"
	}
	return strings.TrimPrefix(path, module)
}

// upward returns the imports of the project's own packages that are not of a
// lower layer.
func (p listing) upward() []string {
	var wrong []string
	from, label := rank(p.name())
	if from < 0 {
		return []string{p.name() + " stands in no layer: add it to the table in layers_test.go"}
	}
	for _, path := range p.Imports {
		name := nameOf(path)
		to, other := rank(name)
		if name != path && to >= from && !under(p.name(), name) {
			wrong = append(wrong, fmt.Sprintf("%s (%s) imports %s (%s)", p.name(), label, name, other))
		}
	}
	return wrong
}

// wide returns the imports that a narrow package should not have.
func (p listing) wide() []string {
	var wrong []string
	for pattern, most := range narrow {
		if !matches(p.name(), pattern) {
			continue
		}
		for _, path := range p.Imports {
			name, ours := strings.CutPrefix(path, module)
			if ours && !slices.ContainsFunc(most, func(known string) bool { return matches(name, known) }) {
				wrong = append(wrong, p.name()+" imports "+name+", which is more than "+strings.Join(most, ", "))
			}
		}
	}
	return wrong
}

// foreign returns the imports from outside that the list does not allow.
func (p listing) foreign() []string {
	var wrong []string
	_, label := rank(p.name())
	for _, path := range p.Imports {
		if !strings.Contains(strings.Split(path, "/")[0], ".") || nameOf(path) != path {
			continue
		}
		if !slices.Contains(allowed[owner(path)], p.name()) {
			wrong = append(wrong, fmt.Sprintf("%s (%s) imports %s, which is not on the list", p.name(), label, path))
		}
	}
	return wrong
}

// weight returns what a light package links that it should not.
func (p listing) weight() []string {
	var wrong, away []string
	switch {
	case slices.Contains(light, p.name()):
		away = heavy
	case slices.Contains(embedded, p.name()):
		away = kept
	}
	for _, path := range p.Deps {
		if slices.ContainsFunc(away, func(h string) bool { return strings.HasPrefix(path, h) }) {
			wrong = append(wrong, p.name()+" links "+path)
		}
	}
	return wrong
}

// rank returns the place of a package in the layers, from the bottom up, and
// the label of its layer; the most exact name in the table counts.
func rank(name string) (int, string) {
	best, label, length := -1, "", -1
	for i, layer := range layers {
		for _, known := range layer.packages {
			if exact := len(strings.TrimSuffix(known, "/*")); matches(name, known) && exact > length {
				best, label, length = i, layer.label, exact
			}
		}
	}
	return best, label
}

// owner returns the module of the list that a path is in.
func owner(path string) string {
	for known := range allowed {
		if path == known || under(path, known) {
			return known
		}
	}
	return ""
}

// matches reports whether a package is the one of a pattern, or below it.
func matches(name, pattern string) bool {
	parent, all := strings.CutSuffix(pattern, "/*")
	return name == pattern || all && under(name, parent)
}

func under(name, parent string) bool { return strings.HasPrefix(name, parent+"/") }

// listed returns the packages of the project, tests aside.
func listed(t *testing.T) []listing {
	t.Helper()
	command := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps", "./...")
	command.Dir = "../.."
	written, err := command.Output()
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(written)))
	var found []listing
	for {
		var p listing
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return found
		}
		require.NoError(t, err)
		if strings.HasPrefix(p.ImportPath, module) {
			found = append(found, p)
		}
	}
}
