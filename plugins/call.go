package plugins

import (
	"context"
	"errors"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// crashed is the code of a plugin whose process ended during a call.
const crashed = "WH4030"

// call calls a plugin within a limit that grows with the number of objects that
// the call is about. A crash is tried once more, in a new process: calls are
// functions of what they are given.
func call[T any](ctx context.Context, p *plugin, objects int, do func(context.Context, connection) (T, error)) (T, error) {
	answer, err := attempt(ctx, p, objects, do)
	var found diag.Diagnostic
	if errors.As(err, &found) && found.Code == crashed {
		return attempt(ctx, p, objects, do)
	}
	return answer, err
}

func attempt[T any](ctx context.Context, p *plugin, objects int, do func(context.Context, connection) (T, error)) (T, error) {
	var none T
	conn, err := p.connected(ctx)
	if err != nil {
		return none, err
	}
	limit := p.options.CallTimeout + time.Duration(objects)*time.Millisecond
	if p.spec.Attach != nil {
		limit = 24 * time.Hour // somebody looks at it in a debugger
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answer, err := do(limited, conn)
	if status.Code(err) == codes.DeadlineExceeded {
		settle(limited)
	}
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil:
		p.drop(conn)
		return none, ctx.Err()
	case limited.Err() != nil:
		err = p.hung(limit, conn.Tail())
		p.drop(conn)
		return none, err
	}
	return none, p.failed(conn, err)
}

// settle waits until a context has ended that gRPC already reported as ended:
// the other side's clock can be a moment ahead.
func settle(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(100 * time.Millisecond):
	}
}

// failed returns the diagnostic of a call that did not work. Whatever was at
// the other end is not used again, unless only the detector reported an error.
func (p *plugin) failed(conn connection, err error) error {
	var reported *detectorError
	if errors.As(err, &reported) {
		return p.reported(reported)
	}
	found := p.broken(conn, err)
	p.drop(conn)
	return found
}

// connected returns the connection, made now if there is none.
func (p *plugin) connected(ctx context.Context) (connection, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, p.diagnostic(crashed, "is used after its host was closed", "", "")
	}
	if p.conn == nil {
		conn, err := p.connect(ctx)
		if err != nil {
			return nil, err
		}
		p.conn = conn
	}
	return p.conn, nil
}

// drop closes a connection that is of no use any more.
func (p *plugin) drop(conn connection) {
	p.mu.Lock()
	if p.conn == conn {
		p.conn = nil
	}
	p.mu.Unlock()
	_ = conn.Abort()
}

// Close ends the process, if there is one.
func (p *plugin) Close() error {
	p.mu.Lock()
	conn := p.conn
	p.conn, p.closed = nil, true
	p.mu.Unlock()
	if conn == nil {
		return nil
	}
	return conn.Close()
}
