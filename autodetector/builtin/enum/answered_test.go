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
