package serve

import (
	"context"
	"fmt"
	"io"

	"google.golang.org/protobuf/encoding/protojson"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// detectOnce answers one DetectRequest, in the JSON form of protocol buffers, as
// "whimbrel plugin trace --record" writes it.
func detectOnce(detector detect.Detector, stdin io.Reader, stdout, stderr io.Writer) error {
	data, err := io.ReadAll(stdin)
	if err != nil {
		return fmt.Errorf("reading the request: %w", err)
	}
	var request protocol.DetectRequest
	if err := protojson.Unmarshal(data, &request); err != nil {
		return fmt.Errorf("reading the request: %w", err)
	}
	response, err := protocol.NewServer(detector, stderr).Detect(context.Background(), &request)
	if err != nil {
		return err
	}
	text, err := protocol.JSON(response)
	if err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	_, err = stdout.Write(text)
	return err
}
