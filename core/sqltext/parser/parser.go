// Package parser reads SQL with PostgreSQL's own parser and says which names in
// it are names of objects. It needs no server: libpg_query runs as WebAssembly.
//
// The first text that a process reads takes seconds, because libpg_query is
// compiled then; a process that reads none pays nothing. What has been read is
// kept, in memory and in a Store that the caller may have.
//
// The package imports the part of go-pgquery that hands out parse trees as
// bytes. Go types for them would add four megabytes and a millisecond to every
// start.
package parser

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"sync"

	pgquery "github.com/wasilibs/go-pgquery/parser"
)

// A Store keeps what has been read beyond the process. Keys are content: the same
// key has the same value always. Both methods may be called at the same time.
type Store interface {
	Get(key string) ([]byte, bool)
	Put(key string, value []byte)
}

// A Parser reads SQL and keeps what it has read. It can be used by several
// goroutines at a time. The zero Parser has no store.
type Parser struct {
	store  Store
	engine engine
	mu     sync.Mutex
	kept   map[string]parse
	size   int // of the texts of kept
}

// New returns a parser. Without a store, it is nil, nothing outlives the process.
// A process needs only one: another one compiles libpg_query anew while the first
// one is at work.
func New(store Store) *Parser { return &Parser{store: store} }

// A parse is the result of reading a text: a tree, or text, or an error.
type parse struct {
	tree node
	text string
	err  error
}

// grammar is the version that libpg_query writes into its trees.
const grammar = 170007

// keptSize is how many bytes of SQL stay in memory as trees, which are about
// thirty times as long.
const keptSize = 4 << 20

// A record is a parse as it stands in a Store.
type record struct {
	Tree  json.RawMessage `json:"tree,omitempty"`
	Text  string          `json:"text,omitempty"`
	Error *SyntaxError    `json:"error,omitempty"`
}

// tree returns the parse tree of a text.
func (p *Parser) tree(text string) (node, error) {
	result := p.once("parse", text, func() (record, error) {
		tree, err := run(&p.engine, text, pgquery.ParseToJSON)
		return record{Tree: json.RawMessage(tree)}, err
	})
	if at, ok := virtualAt(text, result.err); ok {
		return p.tree(text[:at] + "STORED " + text[at+len(virtual):])
	}
	return result.tree, result.err
}

// once returns the result of reading a text in some way, of which it is made
// only the first time.
func (p *Parser) once(way, text string, make func() (record, error)) parse {
	sum := sha256.Sum256([]byte(text))
	key := way + "-" + strconv.Itoa(grammar) + "-" + hex.EncodeToString(sum[:])
	p.mu.Lock()
	result, ok := p.kept[key]
	p.mu.Unlock()
	if ok {
		return result
	}
	result, lasting := p.read(key, make)
	if lasting {
		p.keep(key, result, len(text))
	}
	return result
}

// read takes a result from the store or makes it. lasting is false for one that
// is no property of the text.
func (p *Parser) read(key string, make func() (record, error)) (result parse, lasting bool) {
	if p.store != nil {
		if written, ok := p.store.Get(key); ok {
			var s record
			if json.Unmarshal(written, &s) == nil {
				return s.parsed(), true
			}
		}
	}
	s, err := make()
	if err != nil {
		s = record{}
		if !errors.As(err, &s.Error) {
			return parse{err: err}, false
		}
	}
	if p.store != nil {
		if written, err := json.Marshal(s); err == nil {
			p.store.Put(key, written)
		}
	}
	return s.parsed(), true
}

func (s record) parsed() parse {
	if s.Error != nil {
		return parse{err: s.Error}
	}
	result := parse{text: s.Text}
	if len(s.Tree) > 0 {
		result.err = json.Unmarshal(s.Tree, &result.tree)
	}
	return result
}

func (p *Parser) keep(key string, result parse, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil || p.size+size > keptSize {
		p.kept, p.size = map[string]parse{}, 0
	}
	p.kept[key] = result
	p.size += size
}
