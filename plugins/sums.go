package plugins

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// sums remember the SHA-256 of executables, which are large, by what only a change
// of the file changes. They are for telling early what will be refused: what is run
// is hashed again, as it is run.
type sums struct{ dir string } // empty: nothing is remembered

func newSums(dir string) sums {
	if dir = cacheDir(dir); dir == "" {
		return sums{}
	}
	return sums{filepath.Join(dir, "sums")}
}

// of returns the SHA-256 of a file in hexadecimal digits.
func (s sums) of(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	identity := identityOf(info)
	if known := s.get(path, identity); known != "" {
		return known, nil
	}
	sum, err := fileSum(path)
	if err != nil {
		return "", err
	}
	after, err := os.Stat(path)
	if err == nil && identity != "" && identityOf(after) == identity && settled(after) {
		s.put(path, identity, sum)
	}
	return sum, nil
}

// settled reports whether a file was last changed so long ago that a change after
// it was hashed has another time.
func settled(info os.FileInfo) bool {
	changed := changedAt(info)
	return !changed.IsZero() && time.Since(changed) > 2*time.Second
}

func (s sums) file(path string) string {
	key := sha256.Sum256([]byte(path))
	return filepath.Join(s.dir, hex.EncodeToString(key[:]))
}

func (s sums) get(path, identity string) string {
	if s.dir == "" || identity == "" || !private(s.dir) {
		return ""
	}
	text, err := os.ReadFile(s.file(path))
	if err != nil {
		return ""
	}
	sum, rest, _ := strings.Cut(strings.TrimSuffix(string(text), "\n"), " ")
	if rest != identity || len(sum) != 2*sha256.Size {
		return ""
	}
	return sum
}

func (s sums) put(path, identity, sum string) {
	if s.dir == "" || os.MkdirAll(s.dir, 0o700) != nil || !private(s.dir) {
		return
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s %s\n", sum, identity)
	_ = writeFile(s.file(path), text.Bytes(), 0o600)
}
