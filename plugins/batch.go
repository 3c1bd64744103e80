package plugins

import (
	"sync"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A batch is what one call of Detect is about. Its message is made once, when it
// is needed.
type batch struct {
	pass detect.Pass
	made sync.Once
	wire *protocol.Pass
}

func (b *batch) message() *protocol.Pass {
	b.made.Do(func() { b.wire = protocol.ToPass(b.pass) })
	return b.wire
}
