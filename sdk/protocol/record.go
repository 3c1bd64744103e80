package protocol

import (
	"bytes"
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// RecordRequest returns what a plugin is asked as JSON, for "--detect" of its
// executable. Equal passes give equal bytes.
func RecordRequest(pass detect.Pass) ([]byte, error) {
	return JSON(&DetectRequest{Pass: ToPass(pass)})
}

// RecordResponse returns what a plugin answered as JSON.
func RecordResponse(result detect.Result) ([]byte, error) {
	return JSON(&DetectResponse{Result: toResult(result)})
}

// JSON returns a message in the JSON form of protocol buffers, indented. The
// library varies the blanks on purpose; this does not.
func JSON(message proto.Message) ([]byte, error) {
	written, err := protojson.Marshal(message)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, written, "", "  "); err != nil {
		return nil, err
	}
	text.WriteByte('\n')
	return text.Bytes(), nil
}
