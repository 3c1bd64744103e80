package builtin_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// differing are the cases of which a dump does not say the same as the models, for a
// reason. A database that is made of the dump is the same all the same.
var differing = map[string][]string{
	"a label that is not the name in the database is in no dump": {
		"aggregate/testdata/overloads.txtar", "function/testdata/overloads_dropped.txtar", "function/testdata/overloads_made.txtar",
		"function/testdata/overloads_remade.txtar", "function/testdata/overloads_renamed.txtar", "function/testdata/overloads_ring.txtar",
		"aggregate/testdata/exchanged.txtar", "composite/testdata/held/typed.txtar", "function/testdata/other_table.txtar", "composite/testdata/over/names.txtar",
		"domain/testdata/calls/renamed.txtar", "domain/testdata/enum/check_lost_sql.txtar", "domain/testdata/enum/renamed.txtar", "domain/testdata/over/renamed.txtar", "enum/testdata/table/renamed.txtar",
		"event_trigger/testdata/renamed.txtar", "index/testdata/tuned.txtar", "model/testdata/create.txtar", "partition/testdata/comes.txtar", "partition/testdata/renamed.txtar", "procedure/testdata/exchanged.txtar",
		"range/testdata/held/exchanged.txtar", "range/testdata/held/renamed.txtar", "sequence/testdata/owned/computed.txtar",
		"sequence/testdata/owned/exchanged.txtar", "sequence/testdata/owned/given_up_renamed.txtar", "sequence/testdata/owned/goes_alone.txtar", "sequence/testdata/owned/renamed.txtar",
		"function/testdata/column_gone_table_renamed.txtar", "sql_object/testdata/changed.txtar", "statistics/testdata/changed.txtar", "trigger/testdata/exchanged.txtar", "trigger/testdata/renamed.txtar",
	},
	"a many_to_many is a table like others": {
		"field/testdata/many_to_many.txtar", "field/testdata/moved/foreign_key.txtar", "field/testdata/moved/sides.txtar", "model/testdata/adopted/implicit.txtar", "model/testdata/adopted/name_given_on.txtar", "model/testdata/adopted/through.txtar",
		"model/testdata/rename.txtar", "model/testdata/through_asked.txtar", "model/testdata/through_left.txtar",
	},
	"the models say what is so anyway, or list in another order": {
		"aggregate/testdata/changed.txtar", "function/testdata/sequence.txtar", "function/testdata/star.txtar",
		"materialized_view/testdata/changed.txtar", "model/testdata/stored/changed.txtar", "publication/testdata/dropped.txtar",
		"trigger/testdata/changed.txtar",
	},
	"the models say in SQL what the model language has words for": {
		"enum/testdata/followed/sql_check.txtar", "enum/testdata/followed/sql_default.txtar", "enum/testdata/under/callers.txtar",
		"domain/testdata/taken/default.txtar", "domain/testdata/taken/default_lost.txtar",
		"field/testdata/rename.txtar", "function/testdata/remade.txtar", "function/testdata/renamed.txtar", "function/testdata/stale.txtar", "domain/testdata/calls/sql.txtar",
	},
	"what an author says that a text reads is no part of the text": {
		"function/testdata/reads.txtar", "materialized_view/testdata/reads.txtar", "procedure/testdata/reads.txtar", "sql_object/testdata/reads.txtar",
		"trigger/testdata/reads.txtar", "view/testdata/reads.txtar",
	},
	"the server writes a body anew that it keeps as what it names": {"function/testdata/standard.txtar"},
	"the server keeps a value or an expression in another form: (1.00,EUR), a >= 1 AND a <= 5": {
		"composite/testdata/created.txtar", "composite/testdata/held/under_added.txtar", "composite/testdata/held/under_dropped.txtar",
		"composite/testdata/held/under_renamed.txtar", "composite/testdata/held/under_retyped.txtar", "constraint/testdata/compared/lists.txtar",
		"materialized_view/testdata/index_followed.txtar", "materialized_view/testdata/index_retyped.txtar",
		"materialized_view/testdata/index_wrapped.txtar",
		"domain/testdata/calls/over.txtar", "domain/testdata/enum/added.txtar", "domain/testdata/enum/compared.txtar",
		"domain/testdata/enum/removed.txtar", "domain/testdata/enum/value_renamed.txtar",
	},
}

// unmade are the cases that need what the models do not make, or a newer server.
var unmade = []string{"model/testdata/unmanaged.txtar", "field/testdata/virtual.txtar"}

// unread are the cases that no dump can say the same as: those that try what is over an
// enum are written in SQL where the language has words, and grants.
var unread = []string{"enum/testdata/named/", "enum/testdata/through/", "grant/"}

// isUnread reports whether a case is one of unread.
func isUnread(path string) bool {
	return slices.ContainsFunc(unread, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// TestDumps reads what pg_dump -s writes of every case: the same objects, and the
// same database again.
func TestDumps(t *testing.T) {
	t.Parallel()
	var excepted []string
	for _, files := range differing {
		excepted = append(excepted, files...)
	}
	p := parser.New(nil)
	for _, file := range casesOfKinds(t) {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			found := detecttest.Dumped(t, file, p)
			if slices.Contains(excepted, file) {
				require.NotEmpty(t, found, "it is no exception any more")
				return
			}
			require.Empty(t, found)
		})
	}
}

// casesOfKinds returns the cases of all kinds that have one app.
func casesOfKinds(t *testing.T) []string {
	t.Helper()
	var files []string
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		switch {
		case err != nil || entry.IsDir() || !strings.HasSuffix(path, ".txtar") || strings.HasPrefix(path, "testdata/"):
			return err
		case strings.Contains(path, "/mistakes/") || isUnread(path) || slices.Contains(unmade, path) || detecttest.SeveralApps(t, path):
			return nil
		}
		files = append(files, path)
		return nil
	}))
	require.Greater(t, len(files), 100)
	return files
}
