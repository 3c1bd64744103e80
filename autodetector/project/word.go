package project

import (
	"context"
	"os"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// IsWord reports whether models have an argument or block of a name already, as
// the source of models sees it.
func IsWord(ctx context.Context, name string) (bool, error) {
	root, err := os.MkdirTemp("", "whimbrel-new-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(root)
	manifest := &detect.Manifest{Name: name, Options: []detect.Option{{Name: name, On: detect.OnModel}}}
	_, found, err := hcl.New(source.Project{Root: root}, append(manifestsOf(builtin.Detectors()), manifest)).Read(ctx)
	return found.HasErrors(), err
}
