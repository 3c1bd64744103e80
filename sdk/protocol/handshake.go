package protocol

import (
	"context"
	"io"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// Version is the version of the protocol.
const Version = 1

// MaxMessage is the largest message that either side takes, in bytes. gRPC's
// own limit of 4 MiB is too small for a plugin that sees a whole project.
const MaxMessage = 256 << 20

// StdinWatch is the environment variable that is "1" where standard input is a
// pipe which ends with the host, so that the plugin can end too.
const StdinWatch = "WHIMBREL_STDIN_WATCH"

// Service is the name of the one service of a plugin.
const Service = "detector"

// Handshake returns what shows each side that the other speaks of whimbrel
// plugins. The cookie is no secret.
func Handshake() plugin.HandshakeConfig {
	return plugin.HandshakeConfig{
		MagicCookieKey:   "WHIMBREL_PLUGIN",
		MagicCookieValue: "9f0c1ea5-numenius-phaeopus",
	}
}

// Served returns what a plugin serves, by version of the protocol. The stack of
// a panic in the detector goes to log.
func Served(detector detect.Detector, log io.Writer) map[int]plugin.PluginSet {
	return map[int]plugin.PluginSet{Version: {Service: &service{server: NewServer(detector, log)}}}
}

// Called returns what the host calls, by version of the protocol. Dispensing
// Service gives a *Client.
func Called() map[int]plugin.PluginSet {
	return map[int]plugin.PluginSet{Version: {Service: &service{}}}
}

// A service joins Server and Client to go-plugin.
type service struct {
	plugin.NetRPCUnsupportedPlugin
	server *Server
}

func (s *service) GRPCServer(_ *plugin.GRPCBroker, registrar *grpc.Server) error {
	RegisterPluginServer(registrar, s.server)
	return nil
}

func (s *service) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return NewClient(conn), nil
}
