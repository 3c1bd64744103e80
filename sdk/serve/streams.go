package serve

import (
	"context"
	"os"
	"sync"

	"google.golang.org/grpc"
)

// keepStreams gives the detector the process's own standard output and standard
// error. go-plugin puts pipes in their place once it serves, and what is in these
// when the process dies is lost: the very lines that say why.
func keepStreams() grpc.UnaryServerInterceptor {
	stdout, stderr := os.Stdout, os.Stderr
	restore := sync.OnceFunc(func() { os.Stdout, os.Stderr = stdout, stderr })
	return func(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
		restore()
		return handle(ctx, request)
	}
}
