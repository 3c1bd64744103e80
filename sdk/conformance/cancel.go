package conformance

import (
	"context"
	"time"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// grace is how long a call may go on after it was cancelled, on a machine that has
// much else to do.
const grace = 10 * time.Second

// cancelled checks that a call returns when its context ends, before it and in
// the middle of it, and that the next one is answered as ever.
func (t *trial) cancelled(ctx context.Context) {
	pass, ok := t.largest()
	if !ok {
		t.skip("the detector was asked nothing", cancelCheck)
		return
	}
	want, err := t.Detector.Detect(ctx, pass)
	if err != nil {
		return // that was said
	}
	for _, after := range []time.Duration{0, time.Millisecond} {
		limited, cancel := context.WithTimeout(ctx, after)
		took, returned := t.abandon(limited, pass)
		cancel()
		if !returned {
			t.wrong(cancelCheck, "a call that was cancelled after %s had not returned %s later", after, took)
			return
		}
	}
	again, err := t.Detector.Detect(ctx, pass)
	if err != nil || canonical(again) != canonical(want) {
		t.wrong(cancelCheck, "after calls that were cancelled it answers otherwise than before%s", but(err))
	}
}

// abandon makes a call, and waits for it no longer than for the grace after its end.
func (t *trial) abandon(ctx context.Context, pass detect.Pass) (time.Duration, bool) {
	done := make(chan struct{})
	go func() {
		_, _ = t.Detector.Detect(ctx, pass)
		close(done)
	}()
	<-ctx.Done()
	select {
	case <-done:
		return 0, true
	case <-time.After(grace):
		return grace, false
	}
}

// largest returns the pass with the most changes.
func (t *trial) largest() (detect.Pass, bool) {
	var largest detect.Pass
	for _, pass := range t.passes {
		if len(pass.Changes)+len(pass.Observed) > len(largest.Changes)+len(largest.Observed) {
			largest = pass
		}
	}
	return largest, len(largest.Changes)+len(largest.Observed) > 0
}
