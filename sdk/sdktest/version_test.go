package sdktest_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
	"github.com/whimbreldb/whimbrel/sdk"
)

type room struct {
	Percent int `whimbrel:"percent" doc:"How full a page is packed."`
}

// grown is version 2 of a plugin: pages was renamed percent, and its SQL is
// another than the one that version 1 wrote.
func grown() sdk.Detector {
	script := func(o *sdk.Declared[room]) sdk.Script {
		return sdk.Script{
			Create: []string{fmt.Sprintf("ALTER TABLE ONLY %s SET (fillfactor = %d)", o.Table(), o.Options.Percent)},
			Drop:   []string{"ALTER TABLE ONLY " + o.Table() + " RESET (fillfactor)"},
		}
	}
	upgrade := func(version int, attrs map[string]any) error {
		if version != 0 {
			return fmt.Errorf("version %d", version)
		}
		if attrs["percent"] = attrs["pages"]; attrs["percent"] == nil {
			return fmt.Errorf("no pages")
		}
		delete(attrs, "pages")
		return nil
	}
	return sdk.Define("grown", "2.0.0", "Leaves room in pages.",
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(script), sdk.Version(1, upgrade)))
}

// rooms is a state with a model and the room of it.
func rooms(version int, attrs string) *state.State {
	book := &state.Object{Address: address.New("model", "shop", "book"), Attrs: []byte(`{"schema":"public","table":"book"}`), App: "shop"}
	return state.New(book, &state.Object{
		Address: book.Address.WithKind("grown.room"), Parent: book.Address, App: "shop", Attrs: []byte(attrs), Version: version,
	})
}

// What version 1 of a plugin has left is read by version 2, by every transport:
// that and other SQL change nothing, and what has changed begins from there.
func TestUpgradeEverywhere(t *testing.T) {
	t.Parallel()
	for _, transport := range []plugins.Transport{plugins.InProcess, plugins.Bufconn, plugins.Process} {
		t.Run(string(transport), func(t *testing.T) {
			t.Parallel()
			plan, starts, err := planned(t, transport, rooms(0, `{"pages":80}`), rooms(1, `{"percent":80}`))
			require.NoError(t, err)
			require.Empty(t, plan.Steps)
			require.Equal(t, transport == plugins.Process, starts == 1)

			plan, starts, err = planned(t, transport, rooms(1, `{"percent":80}`), rooms(1, `{"percent":80}`))
			require.NoError(t, err)
			require.Empty(t, plan.Steps)
			require.Zero(t, starts, "nothing is asked where nothing has changed, whatever the SQL is today")

			plan, _, err = planned(t, transport, rooms(0, `{"pages":80}`), rooms(1, `{"percent":90}`))
			require.NoError(t, err)
			require.Len(t, plan.Steps[0].Operations, 2)
			require.Equal(t, "ALTER TABLE ONLY public.book SET (fillfactor = 80)", plan.Steps[0].Operations[0].Down[0].SQL)
			require.Equal(t, 1, plan.Steps[0].Operations[1].Edits[0].Put.Version)

			_, _, err = planned(t, transport, rooms(0, `{"sheets":80}`), rooms(1, `{"percent":90}`))
			var found diag.Diagnostic
			require.ErrorAs(t, err, &found)
			require.Contains(t, found.Summary, `plugin "grown"`)
			require.Contains(t, found.Summary, "no pages")
		})
	}
}

// planned plans a change with the plugin by a transport, and returns how often it
// was started.
func planned(t *testing.T, transport plugins.Transport, from, to *state.State) (autodetector.Plan, int, error) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{{
		Name: "grown", Path: self, Args: []string{"-test.run=^$", "sdktest-serve", "grown"}, Detector: grown(),
	}}, plugins.Options{Transport: transport})
	require.NoError(t, err)
	require.Empty(t, found)
	defer func() { require.NoError(t, host.Close()) }()
	plan, found, err := autodetector.Run(t.Context(), autodetector.Input{
		From: from, Declaration: source.Declaration{State: to}, Detectors: builtin.Detectors(), Plugins: host.Detectors(),
	})
	require.Empty(t, found)
	return plan, host.Starts(), err
}
