// Package source holds what a source of wanted states is. The model files in HCL
// are one (core/source/hcl); a Source has no file in it, so tables can be another.
package source

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Source reads the state that the user wants.
type Source interface {
	// Read returns what is declared. Mistakes in it are diagnostics; with an
	// error among them the Declaration is not to be used. An error means that
	// the source could not be read at all.
	Read(ctx context.Context) (Declaration, diag.List, error)
}

// A Declaration is a wanted state with what the user said about the way there.
type Declaration struct {
	// State has every object with the version and the rendering of its kind.
	State *state.State
	// Places says where each object is declared, for messages. Objects that no
	// one wrote have the place of what brought them.
	Places map[address.Address]diag.Range
	// Renamed are the renamed_from of models, fields and types.
	Renamed []state.Rename
	// Hints are what the user said about the way to an object, by object, then by
	// name. They become facts for the detector that consumes one of that name.
	Hints []Hint
	// Former are attributes as programs of before would have written them, where that
	// is not how they stand in State. Migrations that hold one of them hold the same.
	Former map[address.Address][]json.RawMessage
}

// A Hint is an argument that is no attribute of an object, such as the values of
// an enum that have another name now.
type Hint struct {
	Object address.Address
	Name   string
	Value  json.RawMessage // canonical
}

// A Project is what the project file says.
type Project struct {
	Root         string // folder of the project file; the other paths are relative to it
	File         string // name of the project file
	Apps         []App
	Environments []Environment
	Plugins      []Plugin
	// Policy is what is forbidden where an environment says nothing of its own.
	Policy operation.Policy
	// Online: tables that are there may be in use while they are migrated.
	Online bool
}

// An App is a label with models, a schema and migrations.
type App struct {
	Label      string
	Models     string // folder
	Migrations string // folder
	Schema     string // of PostgreSQL
	Range      diag.Range
}

// An Environment is a named database.
type Environment struct {
	Name string
	URL  string
	// CatalogURL is the same database as a user who may do little, for the queries
	// of plugins. Empty: URL.
	CatalogURL string
	// Policy is what is forbidden there; nil: what the project forbids.
	Policy *operation.Policy
	Range  diag.Range
}

// A Plugin is a plugin block of the project file.
type Plugin struct {
	Name    string
	Source  string          // path of an executable; empty for a first-party plugin or one on PATH
	Version string          // version constraint
	Timeout time.Duration   // limit of its start and of each call; 0: the usual ones
	Config  json.RawMessage // canonical JSON; checked against the manifest's shape
	Range   diag.Range
}

// CompareHints orders hints by object, then by name.
func CompareHints(a, b Hint) int {
	return cmp.Or(address.Compare(a.Object, b.Object), cmp.Compare(a.Name, b.Name))
}
