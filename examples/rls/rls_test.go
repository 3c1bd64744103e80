package rls_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/examples/rls"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, rls.New()) }

// The plugin answers in the same way in process and as a process.
func TestEverywhere(t *testing.T) { sdktest.Everywhere(t, rls.New(), passes()...) }

// passes add a policy, and take it away.
func passes() []sdk.Pass {
	note := &sdk.Object{Address: address.New("model", "notes", "note"), Attrs: []byte(`{"schema":"public","table":"note"}`)}
	owner := &sdk.Object{
		Address: note.Address.Child("field", "owner"), Parent: note.Address,
		Attrs: []byte(`{"column":"owner","type":{"sql":"text"}}`),
	}
	own := &sdk.Object{
		Address: note.Address.Child("rls.policy", "own"), Parent: note.Address,
		Attrs: []byte(`{"using":{"args":[{"kind":"field","path":[{"$ref":"field notes.note.owner"}]},{"kind":"call","text":"current_user"}],"kind":"operator","text":"=="}}`),
		Refs:  []state.Reference{{Target: owner.Address, Aspects: state.Exists | state.Type}},
	}
	return []sdk.Pass{
		{From: state.New(note, owner), To: state.New(note, owner, own), Changes: []sdk.Change{{Change: state.Change{After: own}}}},
		{From: state.New(note, owner, own), To: state.New(note, owner), Changes: []sdk.Change{{Change: state.Change{Before: own}}}},
	}
}

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, rls.New(), "models") }
