package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Former is an object as a former version of the plugin has left it, and what it
// is today.
type Former struct {
	Name    string          `json:"-"`
	Kind    string          `json:"kind"`
	Version int             `json:"version"`
	Attrs   json.RawMessage `json:"attrs"`
	Want    json.RawMessage `json:"want"`
}

// ReadFormer reads the files *.json of a folder, each as one Former.
func ReadFormer(dir string) ([]Former, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var list []Former
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		former := Former{Name: filepath.Base(file)}
		if err := json.Unmarshal(text, &former); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		list = append(list, former)
	}
	return list, nil
}

// upgrades has objects of former versions upgraded, together and one by one.
func (t *trial) upgrades(ctx context.Context) {
	if !slices.ContainsFunc(t.Detector.Manifest().Kinds, func(k detect.Kind) bool { return k.Version > 0 }) {
		t.skip("no kind has a version", upgradeCheck)
		return
	}
	upgrader, ok := t.Detector.(detect.Upgrader)
	if !ok {
		t.wrong(upgradeCheck, "a kind has a version, and there is no Upgrade")
		return
	}
	t.missingFormer()
	if len(t.Former) == 0 {
		return
	}
	var objects []*state.Object
	for _, f := range t.Former {
		objects = append(objects, &state.Object{Address: address.New(f.Kind, "app", "sample"), Attrs: compacted(f.Attrs), Version: f.Version})
	}
	together, err := upgrader.Upgrade(ctx, objects)
	if err != nil || len(together) != len(objects) {
		t.wrong(upgradeCheck, "%d objects were upgraded to %d: %v", len(objects), len(together), err)
		return
	}
	for i, f := range t.Former {
		alone, err := upgrader.Upgrade(ctx, objects[i:i+1])
		if err != nil || len(alone) != 1 || !bytes.Equal(compacted(alone[0]), compacted(together[i])) {
			t.wrong(upgradeCheck, "%s: alone it is upgraded otherwise than together%s", f.Name, but(err))
		}
		if have, want := compacted(together[i]), compacted(f.Want); !bytes.Equal(have, want) {
			t.wrong(upgradeCheck, "%s: it is upgraded to %s, want %s", f.Name, have, want)
		}
	}
}

// missingFormer notes versions of which there is no sample.
func (t *trial) missingFormer() {
	for _, kind := range t.Detector.Manifest().Kinds {
		for version := range kind.Version {
			if !slices.ContainsFunc(t.Former, func(f Former) bool { return f.Kind == kind.Name && f.Version == version }) {
				t.note(upgradeCheck, "there is no sample of version %d of %s", version, kind.Name)
			}
		}
	}
}

// compacted returns JSON in the canonical form; what is no JSON stays as it is.
func compacted(text json.RawMessage) json.RawMessage {
	canonical, err := state.Encode(text)
	if err != nil {
		return text
	}
	return canonical
}
