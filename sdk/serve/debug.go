package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"google.golang.org/grpc"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// debug serves a detector at a socket of its own until the process is interrupted,
// and prints the variable that leads whimbrel there. No host has started the
// process, so none ends it.
func debug(detector detect.Detector, stdout, stderr io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	folder, err := os.MkdirTemp("", "whimbrel-debug-")
	if err != nil {
		return fmt.Errorf("making a folder for the socket: %w", err)
	}
	defer os.RemoveAll(folder)
	listener, err := net.Listen("unix", filepath.Join(folder, "plugin"))
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	server := grpc.NewServer(sizes()...)
	protocol.RegisterPluginServer(server, protocol.NewServer(detector, stderr))
	printReattach(stdout, detector.Manifest().Name, listener.Addr())
	go func() {
		<-ctx.Done()
		server.Stop()
	}()
	return server.Serve(listener)
}

func printReattach(stdout io.Writer, name string, at net.Addr) {
	value, err := json.Marshal(map[string]map[string]string{name: {"network": at.Network(), "address": at.String()}})
	if err != nil {
		panic("strings cannot be written as JSON: " + err.Error())
	}
	fmt.Fprintf(stdout, "WHIMBREL_REATTACH_PLUGINS='%s'\n", value)
}
