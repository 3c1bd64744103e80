package plugins_test

import (
	"context"
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

// What a plugin says of renames is checked as its other answers are, and fails in
// the same ways. One that has nothing to say leaves it to the user.
func TestHostileJudges(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]struct {
		code     string
		verdicts []detect.Alikeness
	}{
		"good":    {verdicts: []detect.Alikeness{detect.Equal, detect.Different}},
		"unable":  {verdicts: []detect.Alikeness{detect.Alike, detect.Different}},
		"several": {code: "WH4032"},
		"odd":     {code: "WH4032"},
		"crash":   {code: "WH4030"},
		"panic":   {code: "WH4034"},
		"error":   {code: "WH4034"},
		"hang":    {code: "WH4031"},
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			room := newRoom(t)
			options := plugins.Options{}
			if mode == "hang" {
				options.CallTimeout = 500 * time.Millisecond
			}
			host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec(mode)}, room.options(options))
			require.NoError(t, errors.Join(err, found.Err()))
			defer host.Close()
			verdicts, err := judge(t, host)
			requireDiagnosed(t, want.code, err)
			require.Equal(t, want.verdicts, verdicts)
		})
	}
}

// A verdict is remembered: the same comparison starts no process.
func TestVerdictsAreRemembered(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	for _, starts := range []int{1, 0} {
		host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("good")}, room.options(plugins.Options{Results: plugins.ResultsOn}))
		require.NoError(t, errors.Join(err, found.Err()))
		verdicts, err := judge(t, host)
		require.NoError(t, err)
		require.Equal(t, []detect.Alikeness{detect.Equal, detect.Different}, verdicts)
		require.Equal(t, starts, host.Starts())
		require.NoError(t, host.Close())
	}
}

// A linked plugin judges by every transport that needs no process, sees what it is
// shown, and is checked.
func TestJudgeInTheProgram(t *testing.T) {
	t.Parallel()
	manifest := sdk.Manifest{Name: "hostile", Version: "1.0.0", Kinds: []sdk.Kind{{
		Name: "hostile.thing", Likeness: detect.Judged, Naming: []string{"name"},
	}}}
	sees := func(_ context.Context, c sdk.Comparison) ([]sdk.Alikeness, error) {
		require.Equal(t, "hostile.thing shop.a", c.Pairs[0].Before.Address.String())
		require.True(t, c.From.Has(c.Pairs[0].Before.Address))
		require.True(t, c.To.Has(c.Pairs[1].After.Address))
		return []sdk.Alikeness{detect.Alike, detect.Equal}, nil
	}
	odd := func(context.Context, sdk.Comparison) ([]sdk.Alikeness, error) { return []sdk.Alikeness{0, -1}, nil }
	few := func(context.Context, sdk.Comparison) ([]sdk.Alikeness, error) { return nil, nil }
	for _, transport := range []plugins.Transport{plugins.InProcess, plugins.Bufconn} {
		senseless := map[plugins.Transport]string{plugins.InProcess: "WH4053", plugins.Bufconn: "WH4032"}[transport]
		for name, c := range map[string]struct {
			detector sdk.Detector
			want     []detect.Alikeness
			code     string
		}{
			"sees":   {sdk.New(manifest, nil, sdk.Judging(sees)), []detect.Alikeness{detect.Alike, detect.Equal}, ""},
			"odd":    {sdk.New(manifest, nil, sdk.Judging(odd)), nil, senseless},
			"few":    {sdk.New(manifest, nil, sdk.Judging(few)), nil, senseless},
			"unable": {sdk.New(manifest, nil), []detect.Alikeness{detect.Alike, detect.Different}, ""},
		} {
			t.Run(string(transport)+" "+name, func(t *testing.T) {
				host, found, err := plugins.Open(t.Context(), []plugins.Spec{{Name: "hostile", Detector: c.detector}}, plugins.Options{Transport: transport})
				require.NoError(t, errors.Join(err, found.Err()))
				defer host.Close()
				verdicts, err := judge(t, host)
				requireDiagnosed(t, c.code, err)
				require.Equal(t, c.want, verdicts)
			})
		}
	}
}

// judge has the plugin compare a thing with one of another name, and with one that
// is another thing.
func judge(t *testing.T, host *plugins.Host) ([]detect.Alikeness, error) {
	judge, ok := detect.AsJudge(host.Detectors()[0])
	require.True(t, ok)
	thing := func(label, attrs string) *state.Object {
		return &state.Object{Address: address.New("hostile.thing", "shop", label), Attrs: []byte(attrs)}
	}
	before, renamed, other := thing("a", `{"name":"a","size":1}`), thing("b", `{"name":"b","size":1}`), thing("c", `{"name":"a","size":2}`)
	return judge.Judge(t.Context(), detect.Comparison{
		From: state.New(before), To: state.New(renamed, other),
		Pairs: []detect.Pair{{Before: before, After: renamed}, {Before: before, After: other}},
	})
}
