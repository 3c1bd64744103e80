package plugins

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// A plugin is an opened plugin, a detect.Detector.
type plugin struct {
	spec     Spec
	options  Options
	starts   *atomic.Int64
	manifest *detect.Manifest
	sum      string // SHA-256 of the executable; empty if it is this program

	mu     sync.Mutex
	conn   connection // nil: not connected
	closed bool
}

// Manifest returns the manifest, which Open has read.
func (p *plugin) Manifest() *detect.Manifest { return p.manifest }

func (p *plugin) unusable() bool { return p.manifest == nil }

// Detect calls the plugin, in several calls where the pass is large, and checks
// the answer.
func (p *plugin) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	if len(pass.Config) == 0 {
		pass.Config = p.spec.Config
	}
	var results []detect.Result
	for _, batch := range divide(p.manifest, pass) {
		result, err := p.call(ctx, batch)
		if err != nil {
			return detect.Result{}, err
		}
		if list := detect.Check(p.manifest, batch.pass, result); list.HasErrors() {
			return detect.Result{}, p.placed(list)
		}
		results = append(results, result)
	}
	return merge(results), nil
}

// call makes one call within its limit.
func (p *plugin) call(ctx context.Context, batch batch) (detect.Result, error) {
	conn, err := p.connected(ctx)
	if err != nil {
		return detect.Result{}, err
	}
	limit := p.options.CallTimeout + time.Duration(len(batch.pass.Changes))*time.Millisecond
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	result, err := conn.Detect(limited, batch)
	if status.Code(err) == codes.DeadlineExceeded {
		settle(limited)
	}
	switch {
	case err == nil:
		return result, nil
	case ctx.Err() != nil:
		p.drop(conn)
		return result, ctx.Err()
	case limited.Err() != nil:
		err = p.hung(limit, conn.Tail())
		p.drop(conn)
		return result, err
	}
	return result, p.failed(conn, err)
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
		return nil, p.diagnostic("WH4030", "is used after its host was closed", "", "")
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

// placed returns a list with the place of the plugin in the project file.
func (p *plugin) placed(list diag.List) diag.List {
	for i := range list {
		list[i].Range = p.spec.Range
	}
	return list
}
