package detecttest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Dumped makes what a case (*.txtar) has at its end on a server, dumps the schema with
// pg_dump -s and reads the dump as a source. It returns the objects that are not those
// that the models say, by their addresses. A new database that is made of what was read
// has to give the same dump again.
//
// Texts that the server writes in its own words are not compared so: the queries of
// views, conditions of triggers, expressions in SQL. The second dump has them.
func Dumped(t *testing.T, file string, p *parser.Parser, plugins ...detect.Detector) map[address.Address]string {
	t.Helper()
	wanted, made, db := built(t, file, plugins)
	db.defined(append(builtin.Detectors(), plugins...))
	db.recordable(append(builtin.Detectors(), plugins...), made)
	read := fromDump(t, db.schema(), p, plugins)
	again := database{T: t, url: scratch.Database(t)}
	again.up(Trial{plugins: plugins}.plan(t, nil, read))
	require.Equal(t, db.dump(), again.dump(), "a database that is made of the dump")
	return different(wanted, read)
}

// built makes what a case has at its end on a server.
func built(t *testing.T, file string, plugins []detect.Detector) (wanted *state.State, made []operation.Operation, db database) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	c, err := newCase(parse(data), plugins)
	require.NoError(t, err, file)
	wanted, db = c.read(t, "to").State, database{T: t, url: scratch.Database(t)}
	made = Trial{plugins: plugins}.plan(t, nil, wanted)
	db.up(made)
	return wanted, made, db
}

// fromDump reads a dump as the models of the app shop.
func fromDump(t *testing.T, dump string, p *parser.Parser, plugins []detect.Detector) *state.State {
	t.Helper()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "schema.sql"), []byte(dump), 0o600))
	detectors := append(builtin.Detectors(), plugins...)
	project := source.Project{Root: root, File: "whimbrel.hcl", Apps: []source.App{{Label: "shop", Models: ".", Migrations: "migrations", Schema: "public"}}}
	read, found, err := hcl.New(project, detect.ManifestsOf(detectors...), hcl.SQL(p, sql.Readers(detectors...)...)).Read(context.WithoutCancel(t.Context()))
	require.NoError(t, err)
	require.False(t, found.HasErrors(), "%s\n%s", explained(found), dump)
	return read.State
}

// different returns the objects of two states that are not the same in both.
func different(wanted, read *state.State) map[address.Address]string {
	all := map[address.Address]string{}
	for o := range wanted.All() {
		if other := read.Get(o.Address); other == nil {
			all[o.Address] = "missing, want " + string(o.Attrs)
		} else if plainly(o.Attrs) != plainly(other.Attrs) {
			all[o.Address] = "got  " + plainly(other.Attrs) + "\nwant " + plainly(o.Attrs)
		}
	}
	for o := range read.All() {
		if !wanted.Has(o.Address) {
			all[o.Address] = "not wanted: " + string(o.Attrs)
		}
	}
	return all
}

// worded are the attributes whose texts the server writes in its own words: columns
// are those of a query.
var worded = []string{"query", "columns", "if", "expressions", "where"}

// plainly writes attributes without such texts.
func plainly(attrs json.RawMessage) string {
	var values map[string]any
	if json.Unmarshal(attrs, &values) != nil {
		return string(attrs)
	}
	for _, name := range worded {
		if _, text := values[name].(map[string]any); !text || name == "query" || name == "if" {
			delete(values, name)
		}
	}
	plain, _ := json.Marshal(withoutSQL(values))
	return string(plain)
}

// withoutSQL takes out what an expression in SQL says.
func withoutSQL(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if value["kind"] == "sql" {
			return "sql"
		}
		for key, inner := range value {
			value[key] = withoutSQL(inner)
		}
	case []any:
		for i, inner := range value {
			value[i] = withoutSQL(inner)
		}
	}
	return value
}

// SeveralApps reports whether a case has models of several apps.
func SeveralApps(t *testing.T, file string) bool {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return slices.ContainsFunc(parse(data).sections, func(s section) bool { return strings.HasPrefix(s.name, "to/") })
}
