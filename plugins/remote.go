package plugins

import (
	"context"
	"encoding/json"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A remote calls a plugin by gRPC.
type remote struct{ client *protocol.Client }

// Detect sends a batch.
func (r remote) Detect(ctx context.Context, b *batch) (detect.Result, error) {
	result, err := r.client.Detect(ctx, b.message())
	return result, own(err)
}

// Upgrade sends objects.
func (r remote) Upgrade(ctx context.Context, old []*state.Object) ([]json.RawMessage, error) {
	attrs, err := r.client.Upgrade(ctx, old)
	return attrs, own(err)
}

// Inspect sends what a database answered.
func (r remote) Inspect(ctx context.Context, catalog detect.Catalog) ([]*state.Object, error) {
	found, err := r.client.Inspect(ctx, catalog)
	return found, own(err)
}

// Judge sends pairs of objects.
func (r remote) Judge(ctx context.Context, comparison detect.Comparison) ([]detect.Alikeness, error) {
	verdicts, err := r.client.Judge(ctx, comparison)
	return verdicts, own(err)
}

// Check sends a wanted state.
func (r remote) Check(ctx context.Context, wanted detect.Wanted) (diag.List, error) {
	found, err := r.client.Check(ctx, wanted)
	return found, own(err)
}

// own returns a detectorError for a status that only the plugin's own code gives.
func own(err error) error {
	if s, ok := status.FromError(err); ok {
		switch {
		case s.Code() == codes.Unknown:
			return &detectorError{text: s.Message()}
		case s.Code() == codes.Internal && strings.HasPrefix(s.Message(), "panic: "):
			return &detectorError{text: s.Message(), panic: true}
		}
	}
	return err
}
