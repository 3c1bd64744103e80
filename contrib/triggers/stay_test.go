package triggers_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
)

// Triggers whose SQL stays the same are left where they are, as long as neither
// PostgreSQL nor a session that has run them minds.
func TestStay(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/stay", triggers.New())
	detecttest.OnServer(t, "testdata/stay", triggers.New())
}

// Conditions of triggers, of audits and constraints, follow what becomes of the fields,
// models and types that they name, forth and back.
func TestWhen(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/when", triggers.New())
}
