package protocol

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestComparisonRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := drawComparison(t)
		var message JudgeRequest
		carry(t, toComparison(want), &message)
		var r reader
		have := readComparison(&r, &message)
		require.NoError(t, r.err)
		require.Equal(t, objects(want.From), objects(have.From))
		require.Equal(t, objects(want.To), objects(have.To))
		require.Equal(t, want.Pairs, have.Pairs)
	})
}

func TestVerdictsRoundTrip(t *testing.T) {
	t.Parallel()
	want := []detect.Alikeness{detect.Equal, detect.Different, detect.Alike}
	stored, err := JudgeAnswer(want)
	require.NoError(t, err)
	have, err := ReadJudgeAnswer(stored)
	require.NoError(t, err)
	require.Equal(t, want, have)
}

func TestEqualComparisonsGiveEqualBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		comparison := drawComparison(t)
		again := comparison
		again.From, again.To = state.New(objects(comparison.From)...), state.New(objects(comparison.To)...)
		one, err := JudgeCall(comparison)
		require.NoError(t, err)
		two, err := JudgeCall(again)
		require.NoError(t, err)
		require.Equal(t, one, two)
	})
}

func drawComparison(t *rapid.T) detect.Comparison {
	return detect.Comparison{
		From: state.New(some(t, drawObject)...), To: state.New(some(t, drawObject)...),
		Pairs: some(t, func(t *rapid.T) detect.Pair {
			return detect.Pair{Before: drawObject(t), After: drawObject(t)}
		}),
	}
}
