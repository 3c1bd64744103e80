package protocol

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// ErrAnswer is wrapped by the errors of a Client that got an answer which the
// protocol does not allow.
var ErrAnswer = errors.New("the answer does not follow the protocol")

// A Client is whimbrel's end: it calls a plugin. It may be used concurrently.
type Client struct{ rpc PluginClient }

// NewClient returns a client that calls through a connection.
func NewClient(conn grpc.ClientConnInterface) *Client {
	return &Client{rpc: NewPluginClient(conn)}
}

// Manifest asks for the manifest. Its errors are gRPC statuses or wrap ErrAnswer.
func (c *Client) Manifest(ctx context.Context) (*detect.Manifest, error) {
	response, err := c.rpc.GetManifest(ctx, &GetManifestRequest{})
	if err != nil {
		return nil, err
	}
	if response.GetManifest() == nil {
		return nil, fmt.Errorf("%w: no manifest", ErrAnswer)
	}
	var r reader
	return readManifest(&r, response.GetManifest()), answered(r)
}

// Detect sends a pass. Its errors are gRPC statuses or wrap ErrAnswer.
func (c *Client) Detect(ctx context.Context, pass *Pass) (detect.Result, error) {
	response, err := c.rpc.Detect(ctx, &DetectRequest{Pass: pass})
	if err != nil {
		return detect.Result{}, err
	}
	var r reader
	return readResult(&r, response.GetResult()), answered(r)
}

func answered(r reader) error {
	if r.err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrAnswer, r.err)
}
