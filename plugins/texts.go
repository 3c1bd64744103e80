package plugins

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// texts keep what SQL was read as, in a folder beside that of what plugins answered
// and on the same terms: it is known by the text and by this program.
type texts struct{ results *results }

// Texts returns where a parser keeps what it has read, nil if nothing is kept.
func (h *Host) Texts() parser.Store {
	if h.texts == nil || h.texts.dir == "" {
		return nil
	}
	return texts{h.texts}
}

// Get returns what a text was read as. Where answers are asked for again, texts are
// read again.
func (t texts) Get(key string) ([]byte, bool) {
	if t.results.mode != ResultsOn {
		return nil, false
	}
	found := t.results.get(t.key(key))
	return found, found != nil
}

// Put keeps what a text was read as.
func (t texts) Put(key string, value []byte) { t.results.put(t.key(key), value) }

func (t texts) key(key string) string {
	self, err := t.results.self()
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte("sql " + t.results.host + " " + self + " " + key))
	return hex.EncodeToString(sum[:])
}
