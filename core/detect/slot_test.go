package detect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// filling is the manifest of a plugin whose option fills a slot.
func filling(name string, on detect.Place, slot operation.Slot, labelled bool) *detect.Manifest {
	return &detect.Manifest{
		Name: name, Version: "1.0.0",
		Kinds:   []detect.Kind{{Name: name + ".fill", Slot: slot}},
		Options: []detect.Option{{Name: name + "_fill", On: on, Kind: name + ".fill", Labelled: labelled}},
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	require.Empty(t, detect.Validate([]*detect.Manifest{
		filling("a", detect.OnModel, operation.SlotStorage, false), filling("b", detect.OnField, operation.SlotStorage, false),
	}), "a table and a column have a slot of one name")
	for says, m := range map[string]*detect.Manifest{
		`option a_fill fills the slot compression, which a model has not`: filling("a", detect.OnModel, operation.SlotCompression, false),
		`option a_fill fills the slot storage, and an app has no slots`:   filling("a", detect.OnApp, operation.SlotStorage, true),
		`there can be several of it`:                                      filling("a", detect.OnModel, operation.SlotStorage, true),
	} {
		found := detect.Validate([]*detect.Manifest{m})
		require.NotEmpty(t, found, says)
		require.Contains(t, found[0].Summary, says)
		require.Equal(t, "WH4100", found[0].Code)
	}
	found := detect.Validate([]*detect.Manifest{filling("b", detect.OnModel, "storage", false), filling("a", detect.OnModel, "storage", false)})
	require.Len(t, found, 1)
	require.Equal(t, `the plugins "a" and "b" both own the slot storage of a model`, found[0].Summary)
}
