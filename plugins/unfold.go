package plugins

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// An unfolder reads messages off the wire. One of a few bytes can be a list of millions
// of things that are empty, each of which takes a hundred bytes of memory; so it looks
// how much a message becomes before it makes that.
type unfolder struct{ most int }

// Name is that of the encoding.
func (unfolder) Name() string { return "proto" }

// Marshal writes a message.
func (unfolder) Marshal(v any) ([]byte, error) {
	m, ok := v.(proto.Message)
	if !ok {
		return nil, fmt.Errorf("%T is no message", v)
	}
	return proto.Marshal(m)
}

// Unmarshal reads a message, if it does not become too much.
func (u unfolder) Unmarshal(data []byte, v any) error {
	m, ok := v.(proto.Message)
	if !ok {
		return fmt.Errorf("%T is no message", v)
	}
	room := allowance(u.most)
	if !room.takes(data, m.ProtoReflect().Descriptor(), 0) {
		return errUnfolds
	}
	return proto.Unmarshal(data, m)
}

var errUnfolds = errors.New("it takes more memory than a message may")

// isUnfolding reports whether gRPC's message is about errUnfolds, of which it keeps the
// text only.
func isUnfolding(message string) bool { return strings.Contains(message, errUnfolds.Error()) }

// What a message and a text take in memory besides their bytes, and how deep messages
// may be in one another: the protocol's are less than ten.
const (
	ofMessage = 256
	ofText    = 16
	deepest   = 100
)

// An allowance is how many bytes of memory are left.
type allowance int

// takes reports whether a message fits, and takes what it needs. What is no message is
// for proto to refuse.
func (a *allowance) takes(data []byte, d protoreflect.MessageDescriptor, depth int) bool {
	if *a -= ofMessage; *a < 0 || depth > deepest {
		return false
	}
	for len(data) > 0 {
		number, kind, n := protowire.ConsumeTag(data)
		if n < 0 {
			return true
		}
		m := protowire.ConsumeFieldValue(number, kind, data[n:])
		if m < 0 {
			return true
		}
		if kind == protowire.BytesType && !a.takesField(data[n:n+m], d.Fields().ByNumber(number), depth) {
			return false
		}
		data = data[n+m:]
	}
	return true
}

// takesField is takes for a value that is a message, a text, or a list of numbers.
func (a *allowance) takesField(data []byte, field protoreflect.FieldDescriptor, depth int) bool {
	value, _ := protowire.ConsumeBytes(data)
	switch {
	case field == nil:
		return true // its bytes are kept as they are
	case field.Message() != nil:
		return a.takes(value, field.Message(), depth+1)
	case field.IsPacked():
		*a -= allowance(8 * len(value))
	}
	*a -= ofText
	return *a >= 0
}
