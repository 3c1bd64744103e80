package partition_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestPartitionChanges(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata")
}
