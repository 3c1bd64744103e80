package plugins_test

import (
	"math"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// A hostility writes messages of the protocol with what must not be in them: any
// field missing, repeated, huge, negative, of no known enum, no UTF-8. Which ones is
// said by data; where that ends, the rest is good.
type hostility struct {
	data []byte
	at   int
}

// next returns a number below n, 0 at the end of the data.
func (h *hostility) next(n int) int {
	if h.at >= len(h.data) || n <= 0 {
		return 0
	}
	h.at++
	return int(h.data[h.at-1]) % n
}

// hostile reports whether the next field is to be spoilt: about as often as the
// first byte of the data says, of 256.
func (h *hostility) hostile() bool {
	if len(h.data) == 0 {
		return false
	}
	if h.at == 0 {
		h.at = 1
	}
	return h.next(256) >= 256-int(h.data[0])
}

// deepest is how deep messages that are made up nest.
const deepest = 40

// message returns a message as bytes, some of its fields spoilt.
func (h *hostility) message(m protoreflect.Message, depth int) []byte {
	var out []byte
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		spoilt := h.hostile()
		switch {
		case spoilt && h.next(3) == 0: // it is missing
		case field.IsList():
			out = h.list(out, field, m.Get(field).List(), spoilt, depth)
		case spoilt:
			out = h.spoilt(out, field, depth)
		case m.Has(field):
			out = h.value(out, field, m.Get(field), depth)
		}
	}
	return out
}

func (h *hostility) list(out []byte, field protoreflect.FieldDescriptor, list protoreflect.List, spoilt bool, depth int) []byte {
	times := 1
	if spoilt {
		times = []int{0, 2, 3, 50}[h.next(4)]
	}
	for range times {
		for i := range list.Len() {
			out = h.value(out, field, list.Get(i), depth)
		}
	}
	if spoilt {
		out = h.spoilt(out, field, depth)
	}
	return out
}

// value writes what is there.
func (h *hostility) value(out []byte, field protoreflect.FieldDescriptor, v protoreflect.Value, depth int) []byte {
	switch field.Kind() {
	case protoreflect.MessageKind:
		return text(out, field, h.message(v.Message(), depth+1))
	case protoreflect.StringKind:
		return text(out, field, []byte(v.String()))
	case protoreflect.BytesKind:
		return text(out, field, v.Bytes())
	case protoreflect.BoolKind:
		return number(out, field, protowire.EncodeBool(v.Bool()))
	case protoreflect.EnumKind:
		return number(out, field, uint64(v.Enum()))
	}
	if field.Kind() == protoreflect.Uint32Kind {
		return number(out, field, v.Uint())
	}
	return number(out, field, uint64(v.Int()))
}

// spoilt writes what should not be there.
func (h *hostility) spoilt(out []byte, field protoreflect.FieldDescriptor, depth int) []byte {
	switch field.Kind() {
	case protoreflect.MessageKind:
		if depth >= deepest {
			return text(out, field, nil)
		}
		empty := protocolMessage(field.Message())
		return text(out, field, h.message(empty.ProtoReflect(), depth+1))
	case protoreflect.StringKind, protoreflect.BytesKind:
		return text(out, field, []byte(texts[h.next(len(texts))]))
	}
	return number(out, field, numbers[h.next(len(numbers))])
}

func text(out []byte, field protoreflect.FieldDescriptor, value []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(out, field.Number(), protowire.BytesType), value)
}

func number(out []byte, field protoreflect.FieldDescriptor, value uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(out, field.Number(), protowire.VarintType), value)
}

var numbers = []uint64{0, 1, 2, 99, math.MaxInt32, math.MaxInt64, math.MaxUint64, 1 << 63, 1 << 31}

// texts are strings, names, addresses, JSON and SQL that somebody may stumble over.
var texts = []string{
	"", " ", "\xff", "\x00", "\x1b[2J", "\u202e", "\n", "-- +goose Down", "-- whimbrel: step 1", "hostile", "hostile.thing", "model", "field",
	"model shop.t", "field shop.t.id", "hostile.thing shop.t", "hostile.thing shop.other", "thing", "a.b.c", ". .", `x "`, "/dev/zero", "../../etc/passwd",
	"{}", "[]", "null", "{", `{"a":1}`, `{"b":1,"a":1}`, `{"schema":1,"table":[]}`, strings.Repeat("[", 100_000), strings.Repeat("x", 2<<20),
	"(?:a+)+$", "(", "create", "data_loss", "1.2.3", "~> 1.0", "relation\x00public\x00book", "relation", "parent", "constraint pkey",
	"SELECT 1", "COMMIT", "DROP TABLE public.t", "CREATE TABLE x (", "x int) INHERITS (y", "'", "$$", `"`, "/*", strings.Repeat("(", 5000), "BEGIN ATOMIC",
}
