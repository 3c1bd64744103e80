package sdk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/state"
)

// Version says that the arguments of an option have a new meaning or other names:
// that they are of the given version, where 0 was the first. upgrade changes the
// attributes of an object that migrations have left in a former version into
// today's; numbers in them are json.Number. What follows is compared as always,
// so an upgrade alone writes no migration.
func Version(version int, upgrade func(version int, attrs map[string]any) error) Setting {
	return func(d *draft) { d.kind.Version, d.upgrade = version, upgrade }
}

// Rendering says that the SQL of all versions of the plugin before was wrong, and
// has every object in existing databases made anew; 0 was the first. SQL that is
// only different needs no Rendering: what is there stays as it is.
func Rendering(rendering int) Setting {
	return func(d *draft) { d.kind.Rendering = rendering }
}

// An upgrade brings attributes of a former version into today's shape.
type upgrade func(version int, attrs map[string]any) error

// upgrade is that of detect.Upgrader.
func (d *definition) upgrade(ctx context.Context, old []*Object) ([]json.RawMessage, error) {
	upgraded := make([]json.RawMessage, len(old))
	for i, o := range old {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		attrs, err := d.upgradeOne(o)
		if err != nil {
			return nil, fmt.Errorf("%s of version %d: %w", o.Address, o.Version, err)
		}
		upgraded[i] = attrs
	}
	return upgraded, nil
}

func (d *definition) upgradeOne(o *Object) (json.RawMessage, error) {
	change := d.upgrades[o.Address.Kind()]
	if change == nil {
		return nil, errors.New("there is only one version")
	}
	decoder := json.NewDecoder(bytes.NewReader(o.Attrs))
	decoder.UseNumber()
	attrs := map[string]any{}
	if err := decoder.Decode(&attrs); err != nil {
		return nil, err
	}
	if err := change(o.Version, attrs); err != nil {
		return nil, err
	}
	return state.Encode(attrs)
}
