package protocol

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"
)

var update = flag.Bool("update", false, "write testdata/descriptor.golden")

// TestDescriptor compares the protocol with what was released: a number, a type
// or a name that changes breaks plugins that nobody can rebuild. New lines are
// fine and belong into the golden file; changed and removed ones are not.
func TestDescriptor(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	file := File_whimbrel_plugin_v1_proto
	describeServices(&b, file.Services())
	describeEnums(&b, file.Enums())
	describeMessages(&b, file.Messages())
	const golden = "testdata/descriptor.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

func describeServices(b *strings.Builder, services protoreflect.ServiceDescriptors) {
	for i := range services.Len() {
		methods := services.Get(i).Methods()
		for j := range methods.Len() {
			m := methods.Get(j)
			fmt.Fprintf(b, "rpc %s(%s) %s\n", m.FullName(), m.Input().Name(), m.Output().Name())
		}
	}
}

func describeEnums(b *strings.Builder, enums protoreflect.EnumDescriptors) {
	for i := range enums.Len() {
		values := enums.Get(i).Values()
		for j := range values.Len() {
			fmt.Fprintf(b, "enum %s %d %s\n", enums.Get(i).Name(), values.Get(j).Number(), values.Get(j).Name())
		}
	}
}

func describeMessages(b *strings.Builder, messages protoreflect.MessageDescriptors) {
	for i := range messages.Len() {
		fields := messages.Get(i).Fields()
		for j := range fields.Len() {
			f := fields.Get(j)
			fmt.Fprintf(b, "message %s %d %s %s %s\n", messages.Get(i).Name(), f.Number(), f.Name(), f.Cardinality(), typeName(f))
		}
	}
}

func typeName(f protoreflect.FieldDescriptor) string {
	switch f.Kind() {
	case protoreflect.MessageKind:
		return string(f.Message().Name())
	case protoreflect.EnumKind:
		return string(f.Enum().Name())
	}
	return f.Kind().String()
}
