package project_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/plugins"
)

// What has been held against the others once is not looked at again: the manifest
// of a chameleon is at odds with itself as soon as somebody has seen it.
type chameleon struct {
	detect.Detector
	manifest *detect.Manifest
}

func (c chameleon) Manifest() *detect.Manifest { return c.manifest }

// From the project file to the written migration, the project file is read once, the
// plugins are found once, and the manifests are held against one another once. The
// option of the project file, which the models need too, is there nevertheless.
func TestEverythingIsReadOnce(t *testing.T) {
	t.Parallel()
	dir := written(t, "audit_trigger = true\napp \"shop\" {}\nplugin \"triggers\" {}\n", book)
	manifest := *triggers.New().Manifest()
	found := 0
	options := inProcess(chameleon{Detector: triggers.New(), manifest: &manifest})
	options.Find = func(file source.Project, self string, linked ...detect.Detector) []plugins.Spec {
		found++
		return plugins.Find(file, self, linked...)
	}

	p := opened(t, dir, options)
	require.NoError(t, os.Remove(filepath.Join(dir, "whimbrel.hcl")))
	_, err := p.Plugins(t.Context())
	require.NoError(t, err)
	manifest.Produces = []string{"triggers.twice", "triggers.twice"}
	require.True(t, detect.Validate([]*detect.Manifest{&manifest}).HasErrors())

	plan, err := p.Plan(t.Context(), project.PlanOptions{Cached: true})
	require.NoError(t, err)
	require.Len(t, plan.Migrations, 1)
	var kinds []string
	for _, op := range plan.Migrations[0].Operations {
		kinds = append(kinds, op.Kind)
	}
	require.Contains(t, kinds, "triggers.create_audit_trigger")
	_, err = plan.Write(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, found)
}
