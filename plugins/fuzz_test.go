package plugins_test

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
)

// answers is how many hostile plugins the short form has.
var answers = flag.Int("answers", 300, "how many hostile plugins TestHostileAnswers asks")

// A plugin may answer anything: whatever it is, nobody panics, and what is wrong
// names the plugin. These are the same answers at every run.
func TestHostileAnswers(t *testing.T) {
	for seed := range *answers {
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		data := make([]byte, 4096)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		data[0] = byte(1 + seed%8) // how much of an answer is hostile
		ask(t, data)
	}
}

// FuzzHost looks for other answers: go test ./plugins -fuzz FuzzHost
func FuzzHost(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x05hostile"))
	f.Fuzz(func(t *testing.T, data []byte) { ask(t, data) })
}

var reader = parser.New(nil)

// ask asks a plugin whose answers are made of data all that can be asked.
func ask(t *testing.T, data []byte) {
	t.Helper()
	spec := plugins.Spec{Name: "hostile", Dev: true, Range: diag.Range{File: "whimbrel.hcl"}, Attach: serveHostile(t, data)}
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec}, plugins.Options{CacheDir: t.TempDir(), MaxMessage: 4 << 20})
	require.NoError(t, err)
	defer host.Close()
	named(t, found)
	if len(host.Detectors()) == 0 {
		require.True(t, found.HasErrors(), "a plugin that is not there has an error")
		return
	}
	hostile := host.Detectors()[0]
	if list := detect.ValidateAt([]*detect.Manifest{hostile.Manifest()}, func(string) diag.Range { return diag.Range{} }); list.HasErrors() {
		named(t, list)
		return
	}
	planned(t, hostile)
	thing := &state.Object{Address: address.New("hostile.thing", "shop", "t"), Attrs: []byte("{}")}
	_, err = hostile.(detect.Upgrader).Upgrade(t.Context(), []*state.Object{thing})
	named(t, err)
	_, err = hostile.(detect.Judge).Judge(t.Context(), detect.Comparison{From: state.New(thing), To: state.New(thing), Pairs: []detect.Pair{{Before: thing, After: thing}}})
	named(t, err)
	_, err = hostile.(detect.Inspector).Inspect(t.Context(), detect.Catalog{State: state.New(thing)})
	named(t, err)
}

// planned takes a plan with the plugin as far as it goes, down to the text of files.
func planned(t *testing.T, hostile detect.Detector) {
	model := address.New("model", "shop", "t")
	thing := shop.Object(address.New("hostile.thing", "shop", "t"), model, 0, struct{}{})
	to := shop.State(shop.Table("t", shop.ID(), shop.Key()), func(address.Address, int) []*state.Object { return []*state.Object{thing} })
	plan, found, err := autodetector.Run(t.Context(), autodetector.Input{
		From: state.New(), Declaration: source.Declaration{State: to}, Detectors: builtin.Detectors(),
		Plugins: []detect.Detector{hostile}, Foreign: []string{"hostile"}, Reader: reader,
	})
	named(t, err)
	var out bytes.Buffer
	require.NoError(t, diag.Write(&out, found, nil, false))
	require.Equal(t, diag.Escape(out.String()), out.String())
	for _, step := range plan.Steps {
		_, _, err := migration.Render(&migration.Migration{ID: "20261122100000_x", App: step.App, Operations: step.Operations})
		require.NoError(t, err)
	}
}

// named checks that an error, if there is one, names the plugin.
func named(t *testing.T, err error) {
	t.Helper()
	if list, ok := err.(diag.List); ok && len(list) == 0 || err == nil {
		return
	}
	require.Contains(t, err.Error(), "hostile")
}

// serveHostile serves a plugin over gRPC whose answers are bytes.
func serveHostile(t *testing.T, data []byte) *plugins.Attachment {
	dir, err := os.MkdirTemp("/tmp", "wf")
	require.NoError(t, err)
	listener, err := net.Listen("unix", filepath.Join(dir, "s"))
	require.NoError(t, err)
	answer := func(_ any, stream grpc.ServerStream) error {
		method, _ := grpc.MethodFromServerStream(stream)
		var request []byte
		if err := stream.RecvMsg(&request); err != nil {
			return err
		}
		message := usual(filepath.Base(method))
		if message == nil {
			return status.Error(codes.Unimplemented, method)
		}
		answer := (&hostility{data: spoiling(data, filepath.Base(method))}).message(message.ProtoReflect(), 0)
		return stream.SendMsg(&answer)
	}
	server := grpc.NewServer(grpc.ForceServerCodec(raw{}), grpc.UnknownServiceHandler(answer))
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		<-done
		_ = os.RemoveAll(dir)
	})
	return &plugins.Attachment{Network: "unix", Address: filepath.Join(dir, "s")}
}

// spoiling returns the data for the answer to a method: of some plugins the manifest
// is hostile, of the others, which get further, the rest is.
func spoiling(data []byte, method string) []byte {
	if len(data) < 2 || (data[1]%4 == 0) != (method == "GetManifest") {
		return nil
	}
	return slices.Concat(data[:1], data[2:])
}

// raw passes bytes on as they are.
type raw struct{}

func (raw) Name() string                  { return "proto" }
func (raw) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (raw) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = data
	return nil
}
