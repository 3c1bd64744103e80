package plugins_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
)

// things is a wanted state with a number of things.
func things(labels ...string) detect.Wanted {
	var objects []*state.Object
	for _, label := range labels {
		objects = append(objects, &state.Object{Address: address.New("hostile.thing", "shop", label), Attrs: []byte(`{}`)})
	}
	return detect.Wanted{State: state.New(objects...)}
}

// checks asks the only plugin of a host.
func checks(t *testing.T, host *plugins.Host, wanted detect.Wanted) (diag.List, error) {
	checker, ok := detect.AsChecker(host.Detectors()[0])
	require.True(t, ok)
	return checker.Check(t.Context(), wanted)
}

// What a plugin says of the models is checked as its other answers are, and fails in the
// same ways.
func TestHostileCheckers(t *testing.T) {
	t.Parallel()
	for mode, code := range map[string]string{
		"good": "", "mute": "WH4052", "crash": "WH4030", "panic": "WH4034", "error": "WH4034", "hang": "WH4031",
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			room := newRoom(t)
			options := plugins.Options{}
			if mode == "hang" {
				options.CallTimeout = 500 * time.Millisecond
			}
			host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("check " + mode)}, room.options(options))
			require.NoError(t, errors.Join(err, found.Err()))
			defer host.Close()
			said, err := checks(t, host, things("a", "b"))
			requireDiagnosed(t, code, err)
			if code == "" {
				require.Equal(t, diag.List{{Severity: diag.Warning, Code: "H1", Summary: "2 things"}}, said)
			}
		})
	}
}

// What was said of equal models is remembered, and starts no process; other models do.
func TestFindingsAreRemembered(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	for _, step := range []struct {
		wanted detect.Wanted
		starts int
	}{{things("a"), 1}, {things("a"), 0}, {things("a", "b"), 1}, {things("a"), 0}} {
		host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("check good")}, room.options(plugins.Options{Results: plugins.ResultsOn}))
		require.NoError(t, errors.Join(err, found.Err()))
		said, err := checks(t, host, step.wanted)
		require.NoError(t, err)
		require.Len(t, said, 1)
		require.Equal(t, step.starts, host.Starts())
		require.NoError(t, host.Close())
	}
}
