package enum_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

// A value gets another name because the user says so.
func TestAnsweredValues(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/answered")
	detecttest.OnServer(t, "testdata/answered")
}

// What names a value follows where that gets another name, forth and back: PostgreSQL
// does so itself, or it is dropped with the old name and made with the new one.
func TestFollowedValues(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/followed")
}

// What stands over an enum makes way where that is made anew, if only on the way back:
// domains, views and functions.
func TestUnderOthers(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/under")
}

// So does what stands over that in turn, whoever made it: aggregates, casts, operators
// and their classes, procedures, statistics, triggers and rules.
func TestThroughOthers(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/through")
}

// Every text in SQL that names a value is one with the new name afterwards, and with
// the old one on the way back: PostgreSQL follows, or it is made anew around the rename.
func TestNamedValues(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/named")
}

// The way back of a value writes the columns of the enum anew, under the names that
// their tables have after the change: these come first, whatever else asks to wait.
func TestTables(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/table")
	detecttest.OnServer(t, "testdata/table")
}
