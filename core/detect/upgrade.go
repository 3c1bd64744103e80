package detect

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/state"
)

// An Upgrader is a detector of which a kind has a Version. It brings the
// attributes of objects of former versions, as migrations have left them, into
// the shape of today. It is a pure function as Detect is.
type Upgrader interface {
	// Upgrade returns the attributes of each object, in the same order. An error
	// means that the detector failed.
	Upgrade(ctx context.Context, old []*state.Object) ([]json.RawMessage, error)
}

// An Inspector is a detector whose manifest has Queries. It says which objects of
// its kinds there are in a database.
type Inspector interface {
	// Inspect returns the objects that the rows of its queries show.
	Inspect(ctx context.Context, catalog Catalog) ([]*state.Object, error)
}

// A Catalog is what a plugin learns of a database.
type Catalog struct {
	// Server is the version as PostgreSQL numbers it, 150018 for 15.18.
	Server int
	// State has the models and fields that the migrations lead to, which say what
	// the tables and columns are, and of the plugin's blocks that stand by themselves
	// at least what names them.
	State *state.State
	// Rows are the answers of the manifest's queries, by name.
	Rows []CatalogRows
	// Config is the plugin's configuration in the project file, as canonical JSON.
	Config json.RawMessage
}

// CatalogRows is the answer of one query: values as text, nil for NULL.
type CatalogRows struct {
	Query   string
	Columns []string
	Rows    [][]*string
}
