package project

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// IsWord reports whether models or model files have an argument or block of a name
// already, as the source of models sees it.
func IsWord(ctx context.Context, name string) (bool, error) {
	root, err := os.MkdirTemp("", "whimbrel-new-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(root)
	manifest := &detect.Manifest{Name: name, Options: []detect.Option{{Name: name, On: detect.OnModel}}}
	own := detect.ManifestsOf(builtin.Detectors()...)
	_, found, err := hcl.New(source.Project{Root: root}, append(own, manifest)).Read(ctx)
	return found.HasErrors() || begins(own, name), err
}

// begins reports whether a word begins a block at the top of model files.
func begins(manifests []*detect.Manifest, word string) bool {
	for _, m := range manifests {
		for _, o := range m.Options {
			if o.On == detect.OnApp && o.Name == word {
				return true
			}
		}
	}
	return slices.Contains(strings.Fields("app environment mixin model plugin"), word)
}
