package view_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestViewChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
