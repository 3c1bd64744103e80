package plugins

import (
	"context"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A remote calls a plugin by gRPC.
type remote struct{ client *protocol.Client }

// Detect sends a batch. Statuses that only the plugin's own code gives become
// detectorErrors.
func (r remote) Detect(ctx context.Context, batch batch) (detect.Result, error) {
	result, err := r.client.Detect(ctx, batch.message)
	if err == nil {
		return result, nil
	}
	if s, ok := status.FromError(err); ok {
		switch {
		case s.Code() == codes.Unknown:
			return result, &detectorError{text: s.Message()}
		case s.Code() == codes.Internal && strings.HasPrefix(s.Message(), "panic: "):
			return result, &detectorError{text: s.Message(), panic: true}
		}
	}
	return result, err
}
