package sqlobject_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
}

func TestObjectChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
