package plugins_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
	"github.com/whimbreldb/whimbrel/sdk"
)

// What a plugin answers about former versions and about databases is checked as
// what it answers about changes is, and fails in the same ways.
func TestHostileUpgradesAndInspections(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode, row        string
		upgrade, inspect string // codes
	}{
		{mode: "good", row: "hostile.thing a"},
		{mode: "good", row: "field a", inspect: "WH4053"},
		{mode: "good", row: "triggers.audit_trigger a", inspect: "WH4053"},
		{mode: "blanks", row: "hostile.thing a", upgrade: "WH4053", inspect: "WH4053"},
		{mode: "list", row: "hostile.thing a", upgrade: "WH4053", inspect: "WH4053"},
		{mode: "broken", row: "hostile.thing a", upgrade: "WH4053", inspect: "WH4053"},
		{mode: "several", row: "hostile.thing a", upgrade: "WH4032", inspect: "WH4053"},
		{mode: "crash", row: "hostile.thing a", upgrade: "WH4030", inspect: "WH4030"},
		{mode: "panic", row: "hostile.thing a", upgrade: "WH4034", inspect: "WH4034"},
		{mode: "error", row: "hostile.thing a", upgrade: "WH4034", inspect: "WH4034"},
		{mode: "hang", row: "hostile.thing a", upgrade: "WH4031", inspect: "WH4031"},
	} {
		t.Run(c.mode+" "+c.row, func(t *testing.T) {
			t.Parallel()
			room := newRoom(t)
			options := plugins.Options{}
			if c.mode == "hang" {
				options.CallTimeout = 500 * time.Millisecond
			}
			host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec(c.mode)}, room.options(options))
			require.NoError(t, errors.Join(err, found.Err()))
			defer host.Close()
			plugin := host.Detectors()[0]
			attrs, err := plugin.(detect.Upgrader).Upgrade(t.Context(), formerThings())
			requireDiagnosed(t, c.upgrade, err)
			if c.upgrade == "" {
				require.Equal(t, []json.RawMessage{json.RawMessage(`{"a":1}`)}, attrs)
			}
			objects, err := plugin.(detect.Inspector).Inspect(t.Context(), catalogOf(c.row))
			requireDiagnosed(t, c.inspect, err)
			if c.inspect == "" {
				require.Equal(t, "hostile.thing shop.a", objects[0].Address.String())
			}
		})
	}
}

func requireDiagnosed(t *testing.T, code string, err error) {
	t.Helper()
	if code == "" {
		require.NoError(t, err)
		return
	}
	d := diagnosed(t, err)
	require.Equal(t, code, d.Code, "%+v", d)
	require.Contains(t, d.Summary, `plugin "hostile"`)
}

func formerThings() []*state.Object {
	return []*state.Object{{Address: address.New("hostile.thing", "shop", "pizza"), Attrs: []byte("{}")}}
}

func catalogOf(cell string) detect.Catalog {
	return detect.Catalog{Server: 150000, State: state.New(), Rows: []detect.CatalogRows{
		{Query: "things", Columns: []string{"a", "b"}, Rows: [][]*string{{&cell, nil}}},
	}}
}

// A linked plugin upgrades and inspects by every transport that needs no process,
// and one that can do neither says so.
func TestUpgradeAndInspectInTheProgram(t *testing.T) {
	t.Parallel()
	manifest := sdk.Manifest{Name: "hostile", Version: "1.0.0", Kinds: []sdk.Kind{{Name: "hostile.thing"}}}
	able := sdk.New(manifest, nil,
		sdk.Upgrading(func(_ context.Context, old []*sdk.Object) ([]json.RawMessage, error) {
			return []json.RawMessage{json.RawMessage(`{"new":true}`)}, nil
		}),
		sdk.Inspecting(func(_ context.Context, c sdk.Catalog) ([]*sdk.Object, error) {
			require.Nil(t, c.Rows[0].Rows[0][1])
			return []*sdk.Object{{Address: address.New("hostile.thing", "shop", *c.Rows[0].Rows[0][0]), Attrs: []byte("{}")}}, nil
		}))
	for _, transport := range []plugins.Transport{plugins.InProcess, plugins.Bufconn} {
		options := plugins.Options{Transport: transport}
		host, found, err := plugins.Open(t.Context(), []plugins.Spec{{Name: "hostile", Detector: able}}, options)
		require.NoError(t, errors.Join(err, found.Err()))
		attrs, err := host.Detectors()[0].(detect.Upgrader).Upgrade(t.Context(), formerThings())
		require.NoError(t, err)
		require.Equal(t, `{"new":true}`, string(attrs[0]))
		objects, err := host.Detectors()[0].(detect.Inspector).Inspect(t.Context(), catalogOf("x"))
		require.NoError(t, err)
		require.Equal(t, "hostile.thing shop.x", objects[0].Address.String())
		require.NoError(t, host.Close())

		host, found, err = plugins.Open(t.Context(), []plugins.Spec{{Name: "hostile", Detector: unable{}}}, options)
		require.NoError(t, errors.Join(err, found.Err()))
		_, err = host.Detectors()[0].(detect.Upgrader).Upgrade(t.Context(), formerThings())
		requireDiagnosed(t, "WH4032", err)
		_, err = host.Detectors()[0].(detect.Inspector).Inspect(t.Context(), catalogOf("x"))
		requireDiagnosed(t, "WH4032", err)
		require.NoError(t, host.Close())
	}
}

// unable is a detector and nothing more.
type unable struct{}

func (unable) Manifest() *detect.Manifest { return &detect.Manifest{Name: "hostile", Version: "1.0.0"} }

func (unable) Detect(context.Context, detect.Pass) (detect.Result, error) {
	return detect.Result{}, nil
}
