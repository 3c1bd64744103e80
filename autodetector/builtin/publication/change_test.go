package publication_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestPublicationChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
