package plugins

import (
	"slices"

	"google.golang.org/protobuf/proto"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// batchSize is the size of a message from which on a pass is divided, in bytes.
const batchSize = 1 << 20

// A batch is what one call is about.
type batch struct {
	pass    detect.Pass
	message *protocol.Pass
}

func newBatch(pass detect.Pass) batch { return batch{pass: pass, message: protocol.ToPass(pass)} }

// divide returns the pass as one batch. Where it is large and the plugin looks
// at models one by one, it is cut down to what the changes need, and divided into
// batches of whole models if that is still large.
func divide(m *detect.Manifest, pass detect.Pass) []batch {
	whole := newBatch(pass)
	if m.Locality != detect.PerModel || proto.Size(whole.message) <= batchSize {
		return []batch{whole}
	}
	needed := newBatch(slice(m, pass, pass.Changes))
	groups := byModel(pass.Changes)
	count := min(len(groups), proto.Size(needed.message)/batchSize+1)
	if count < 2 {
		return []batch{needed}
	}
	var batches []batch
	for i := range count {
		changes := slices.Concat(groups[i*len(groups)/count : (i+1)*len(groups)/count]...)
		batches = append(batches, newBatch(slice(m, pass, changes)))
	}
	return batches
}

// byModel groups changes by the app and model in their address. They are
// ordered by address, but a group need not be in one piece.
func byModel(changes []detect.Change) [][]detect.Change {
	place := map[string]int{}
	var groups [][]detect.Change
	for _, change := range changes {
		key := modelOf(change.Address())
		i, known := place[key]
		if !known {
			i = len(groups)
			place[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], change)
	}
	return groups
}

func modelOf(a address.Address) string {
	names := a.Names()
	return address.New("", names[:min(2, len(names))]...).Path()
}
