package hcl_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// Every object has the version and the rendering of its kind: what is written and
// what is implied.
func TestVersionsOfKinds(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "shop.hcl"), []byte("model \"book\" {\n  stamp = true\n}\n"), 0o600))
	stamps := &detect.Manifest{
		Name: "stamps", Version: "2.0.0",
		Kinds:        []detect.Kind{{Name: "stamps.stamp", Version: 3, Rendering: 2}, {Name: "stamps.log", Version: 1}},
		Options:      []detect.Option{{Name: "stamp", On: detect.OnModel, Kind: "stamps.stamp", Switch: true}},
		Implications: []detect.Implication{{Kind: "stamps.log", Names: []string{"log"}, ByKind: "stamps.stamp"}},
	}
	project := source.Project{Root: root, Apps: []source.App{{Label: "shop", Models: ".", Schema: "public"}}}
	declared, found, err := hcl.New(project, []*detect.Manifest{stamps}).Read(t.Context())
	require.NoError(t, err)
	require.Empty(t, found)
	stamp := declared.State.Get(address.New("stamps.stamp", "shop", "book"))
	require.Equal(t, []int{3, 2}, []int{stamp.Version, stamp.Rendering})
	require.Equal(t, 1, declared.State.Get(address.New("stamps.log", "log")).Version)
	require.Zero(t, declared.State.Get(stamp.Parent).Version)
}
