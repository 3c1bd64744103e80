// Package serve turns a detector into a plugin executable.
//
//	func main() { serve.Main(rls.New()) }
//
// Only executables import it: it brings in gRPC, which detectors do not need.
package serve

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	hclog "github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/manual"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// Main serves a detector to the whimbrel that started the process, and does not
// return. Without a whimbrel it answers what the text "by hand" below lists;
// anything else prints that and exits with status 1.
//
// Standard output belongs to the protocol until the plugin has been connected.
// The standard logger and os.Stderr can be used at any time.
func Main(detector detect.Detector) {
	if code, done := answer(detector, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); done {
		os.Exit(code)
	}
	if os.Getenv(protocol.StdinWatch) == "1" {
		go watch(os.Stdin)
	}
	plugin.Serve(config(detector, os.Stderr))
	os.Exit(0)
}

// answer does what needs no host, and reports whether that was all.
func answer(detector detect.Detector, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int, done bool) {
	manifest := detector.Manifest()
	handshake := protocol.Handshake()
	switch {
	case slices.Contains(args, "--manifest"):
		return printManifest(manifest, stdout, stderr), true
	case slices.Contains(args, "--docs"):
		fmt.Fprint(stdout, manual.Markdown(manifest))
		return 0, true
	case slices.Contains(args, "--detect"):
		return reported(detectOnce(detector, stdin, stdout, stderr), stderr), true
	case slices.Contains(args, "--debug"):
		return reported(debug(detector, stdout, stderr), stderr), true
	case slices.Contains(args, "--version"):
		fmt.Fprintf(stdout, "%s %s (protocol %d)\n", manifest.Name, manifest.Version, protocol.Version)
		return 0, true
	case os.Getenv(handshake.MagicCookieKey) != handshake.MagicCookieValue:
		fmt.Fprintf(stderr, byHand, manifest.Name, manifest.Version, manifest.Doc)
		return 1, true
	}
	return 0, false
}

const byHand = `This is %[1]s %[2]s, a plugin of whimbrel: %[3]s

whimbrel starts it when a project asks for it. Write into whimbrel.hcl:

    plugin "%[1]s" {
      source = "path/of/this/program"   # not needed where whimbrel-plugin-%[1]s is on PATH
    }

and run "whimbrel plugin lock".

    --manifest    print what it owns, reads and emits, as JSON
    --docs        print its documentation, as Markdown
    --version     print its version
    --detect      read a request as JSON from standard input, print the answer
    --debug       serve until Ctrl-C, such as in a debugger, and print the variable
                  that makes whimbrel use this process
`

// reported prints an error and returns the status of the process.
func reported(err error, stderr io.Writer) int {
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

func printManifest(manifest *detect.Manifest, stdout, stderr io.Writer) int {
	encoder := json.NewEncoder(stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(manifest); err != nil {
		fmt.Fprintln(stderr, "writing the manifest:", err)
		return 1
	}
	return 0
}

func config(detector detect.Detector, log io.Writer) *plugin.ServeConfig {
	return &plugin.ServeConfig{
		HandshakeConfig:  protocol.Handshake(),
		VersionedPlugins: protocol.Served(detector, log),
		Logger:           hclog.New(&hclog.LoggerOptions{Output: log, Level: hclog.Error}),
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, append(sizes(), grpc.ChainUnaryInterceptor(keepStreams()))...)...)
		},
	}
}

// sizes lets messages be as large as the protocol says.
func sizes() []grpc.ServerOption {
	return []grpc.ServerOption{grpc.MaxRecvMsgSize(protocol.MaxMessage), grpc.MaxSendMsgSize(protocol.MaxMessage)}
}
