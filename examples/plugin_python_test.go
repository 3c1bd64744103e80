package examples_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
	"github.com/whimbreldb/whimbrel/sdk/sdktest/interpreter"
)

const pythonPlugin = "plugin-python/whimbrel-plugin-statistics"

// TestPython tests the plugin in Python: its own tests, what is promised of every
// plugin, and a project that uses it.
func TestPython(t *testing.T) {
	t.Parallel()
	program, folder := build(t), runnable(t, "plugin-python")
	t.Run("its own tests", func(t *testing.T) {
		t.Parallel()
		python(t, nil, "-B", "-m", "unittest", "discover", "-s", folder)
	})
	t.Run("conformance", func(t *testing.T) {
		t.Parallel()
		said, err := exec.Command(program, "plugin", "test", filepath.Join(folder, filepath.Base(pythonPlugin)), "--models", "plugin-python/testdata/models").CombinedOutput()
		require.NoError(t, err, string(said))
		require.Contains(t, string(said), "ok   PostgreSQL takes it up, down and up again")
		require.Contains(t, string(said), "ok   any name of a table or column is quoted")
	})
	t.Run("project", func(t *testing.T) { t.Parallel(); statisticsFollow(t, program) })
	t.Run("module", func(t *testing.T) { t.Parallel(); moduleIsThatOfNewPlugins(t, program) })
}

// statisticsFollow changes the model under the statistics.
func statisticsFollow(t *testing.T, program string) {
	p := project{t: t, program: program, dir: t.TempDir(), url: scratch.Database(t)}
	require.NoError(t, os.CopyFS(p.dir, os.DirFS("plugin-python")))
	p.buildPlugins("plugin-python")
	p.whimbrel("make", "--no-input")
	p.whimbrel("migrate", "--url", p.url)
	require.Contains(t, p.snapshot(), `CREATE STATISTICS public.address_place (dependencies, mcv) ON city, country, zip FROM public.address`)
	before := p.snapshot()

	models := filepath.Join(p.dir, "models", "address.hcl")
	text, err := os.ReadFile(models)
	require.NoError(t, err)
	changed := strings.NewReplacer(`"address"`, `"place"`, "varchar(10)", "text", `"city"`, `"town"`, "city,", "town,").Replace(string(text))
	require.NoError(t, os.WriteFile(models, []byte(changed), 0o644))
	p.whimbrel("make", "--no-input", "--rename", "shop.address=place", "--rename", "shop.place.city=town")
	p.whimbrel("migrate", "--url", p.url)
	require.Contains(t, p.snapshot(), `CREATE STATISTICS public.place_place (dependencies, mcv) ON country, town, zip FROM public.place`)
	p.whimbrel("make", "--no-input", "--check")

	// Another label is another name in the database.
	require.NoError(t, os.WriteFile(models, []byte(strings.ReplaceAll(changed, `correlated "place"`, `correlated "where"`)), 0o644))
	p.whimbrel("make", "--no-input", "--rename", "shop.place.place=where")
	p.whimbrel("migrate", "--url", p.url)
	require.Contains(t, p.snapshot(), `CREATE STATISTICS public.place_where (dependencies, mcv) ON country, town, zip FROM public.place`)
	require.NotContains(t, p.snapshot(), "place_place")

	p.whimbrel("rollback", "--url", p.url, "--steps", "2")
	require.Equal(t, before, p.snapshot())
}

// moduleIsThatOfNewPlugins: the example has what "plugin new" writes, and that
// knows the protocol as it is and quotes as the core does.
func moduleIsThatOfNewPlugins(t *testing.T, program string) {
	p := project{t: t, program: program, dir: t.TempDir()}
	p.whimbrel("plugin", "new", "fresh", "--lang", "python")
	module := filepath.Join(p.dir, "whimbrel-plugin-fresh", "whimbrel_plugin")
	fresh, err := filepath.Glob(filepath.Join(module, "*.py"))
	require.NoError(t, err)
	mine, err := filepath.Glob("plugin-python/whimbrel_plugin/*.py")
	require.NoError(t, err)
	require.Len(t, mine, len(fresh))
	for _, file := range fresh {
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		have, err := os.ReadFile(filepath.Join("plugin-python/whimbrel_plugin", filepath.Base(file)))
		require.NoError(t, err)
		require.Equal(t, string(want), string(have), "%s: copy the folder of a new plugin", filepath.Base(file))
	}
	require.Equal(t, described(protocol.File_whimbrel_plugin_v1_proto), protocolOf(t), "see the protocol in plugin-python/README.md")
	sameQuoting(t)
}

// protocolOf returns the protocol that the module knows, as text.
func protocolOf(t *testing.T) string {
	var raw descriptorpb.FileDescriptorProto
	said := python(t, nil, "-c", inModule+`sys.stdout.buffer.write(whimbrel_plugin_v1_pb2.DESCRIPTOR.serialized_pb)`)
	require.NoError(t, proto.Unmarshal(said, &raw))
	file, err := protodesc.NewFile(&raw, nil)
	require.NoError(t, err)
	return described(file)
}

// described returns a protocol as text without names that follow from others.
func described(file protoreflect.FileDescriptor) string {
	raw := protodesc.ToFileDescriptorProto(file)
	var strip func([]*descriptorpb.DescriptorProto)
	strip = func(messages []*descriptorpb.DescriptorProto) {
		for _, message := range messages {
			for _, field := range message.Field {
				field.JsonName = nil
			}
			strip(message.NestedType)
		}
	}
	strip(raw.MessageType)
	return prototext.MarshalOptions{Multiline: true}.Format(raw)
}

// sameQuoting compares the module's quoting with the core's.
func sameQuoting(t *testing.T) {
	names := []string{
		"", "title", "Title", "1a", "a1", "_", "a b", `a"b`, `a\b`, "it's", "é", "a\nb", "$$", "a.b", "x=y", "\u00a0",
		strings.Repeat("x", 63), strings.Repeat("x", 64), strings.Repeat("é", 40), strings.Repeat("x", 53) + strings.Repeat("é", 9),
	}
	names = append(names, keywords(t)...)
	type quoted struct{ Ident, Literal, Name, Address string }
	var want, have []quoted
	for _, name := range names {
		want = append(want, quoted{
			address.Quote(name), address.Literal(name), model.Name(name, "pkey"), address.New("field", "a", name).String(),
		})
	}
	asked, err := json.Marshal(names)
	require.NoError(t, err)
	said := python(t, asked, "-c", inModule+`
print(json.dumps([dict(Ident=sql.ident(n), Literal=sql.literal(n), Name=sql.name(n, "pkey"), Address=address.join("field", "a", n))
    for n in json.load(sys.stdin)]))`)
	require.NoError(t, json.Unmarshal(said, &have))
	require.Equal(t, want, have)
}

// inModule begins a program that looks into the module.
const inModule = `
import json, sys
sys.path.append("plugin-python")
from whimbrel_plugin import address, sql, whimbrel_plugin_v1_pb2
`

// keywords returns the key words of the server.
func keywords(t *testing.T) []string {
	db, err := postgres.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query(t.Context(), "SELECT word FROM pg_get_keywords() ORDER BY word")
	require.NoError(t, err)
	var words []string
	for _, row := range rows.Values {
		words = append(words, row[0])
	}
	return words
}

// python runs Debian's Python and returns what it says.
func python(t *testing.T, stdin []byte, args ...string) []byte {
	t.Helper()
	path, err := interpreter.Find()
	require.NoError(t, err)
	cmd := exec.Command(path, append([]string{"-B"}, args...)...)
	var stderr strings.Builder
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(stdin)), &stderr
	said, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	return said
}

// runnable returns an example's folder, or a copy whose scripts in Python run with the
// interpreter that has gRPC.
func runnable(t *testing.T, example string) string {
	t.Helper()
	scripts, err := filepath.Glob(filepath.Join(example, "*.py"))
	require.NoError(t, err)
	if len(scripts) == 0 {
		return "./" + example
	}
	folder := filepath.Join(t.TempDir(), "plugin-python")
	require.NoError(t, os.CopyFS(folder, os.DirFS(example)))
	require.NoError(t, interpreter.Adopt(folder))
	return folder
}
