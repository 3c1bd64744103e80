package examples_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/examples/fkindex"
	"github.com/whimbreldb/whimbrel/examples/grants"
	"github.com/whimbreldb/whimbrel/examples/materialized"
	"github.com/whimbreldb/whimbrel/examples/notify"
	"github.com/whimbreldb/whimbrel/examples/partitions"
	"github.com/whimbreldb/whimbrel/examples/rls"
)

// Nothing in the manifests of this repository makes no sense, those that can be
// installed together all together.
func TestManifests(t *testing.T) {
	t.Parallel()
	first := append(builtin.Detectors(), extensions.New(), policies.New(), softdelete.New(), triggers.New(), updatedat.New())
	require.Empty(t, detect.Validate(manifests(t, append(first, grants.New(), materialized.New(), notify.New(), fkindex.New(), partitions.New()))))
	require.Empty(t, detect.Validate(manifests(t, append(builtin.Detectors(), rls.New()))), "it has options of policies")
}

// manifests returns those of detectors, which make sense one by one.
func manifests(t *testing.T, detectors []detect.Detector) []*detect.Manifest {
	var list []*detect.Manifest
	for _, d := range detectors {
		list = append(list, d.Manifest())
		require.Empty(t, detect.ValidateAlone(d.Manifest()))
		require.Empty(t, detect.ValidateAbilities(d))
	}
	return list
}
