package protocol

import (
	"context"
	"encoding/json"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Upgrade asks for the attributes of objects in today's shape. Its errors are
// gRPC statuses or wrap ErrAnswer.
func (c *Client) Upgrade(ctx context.Context, old []*state.Object) ([]json.RawMessage, error) {
	response, err := c.rpc.Upgrade(ctx, &UpgradeRequest{Objects: toAll(old, toObject)})
	if err != nil {
		return nil, err
	}
	if have := len(response.GetAttrs()); have != len(old) {
		return nil, fmt.Errorf("%w: the attributes of %d objects for %d", ErrAnswer, have, len(old))
	}
	attrs := make([]json.RawMessage, len(old))
	for i, written := range response.GetAttrs() {
		attrs[i] = readJSON(written)
	}
	return attrs, nil
}

// Upgrade runs the detector's Upgrade; see Detect for the statuses.
func (s *Server) Upgrade(ctx context.Context, request *UpgradeRequest) (_ *UpgradeResponse, err error) {
	defer s.recover(&err)
	upgrader, ok := s.detector.(detect.Upgrader)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin has no former versions")
	}
	var r reader
	old := readAll(&r, request.GetObjects(), readObject)
	if r.err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "reading the objects: %v", r.err)
	}
	attrs, err := upgrader.Upgrade(ctx, old)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	response := &UpgradeResponse{}
	for _, written := range attrs {
		response.Attrs = append(response.Attrs, written)
	}
	return response, nil
}
