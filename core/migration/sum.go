package migration

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// SumName is the name of the file with the hashes.
const SumName = "whimbrel.sum"

const (
	sqlSuffix     = ".sql"
	sidecarSuffix = ".ops.json"
)

// A Sum is the content of whimbrel.sum: a hash of every file of a migrations
// folder, and the last migration. Each hash covers the one before, so that two
// branches which both add a migration change the same lines and git says so; any
// single file can be checked with the Sum alone. The zero Sum is empty.
type Sum struct {
	Lines []SumLine // in the order of their names
	Head  string    // ID of the app's last migration; empty if there is none
}

// A SumLine is the hash of one file.
type SumLine struct{ Name, Hash string }

// Bytes returns the file.
func (s Sum) Bytes() []byte {
	var b bytes.Buffer
	for _, line := range s.Lines {
		b.WriteString(line.Name + " " + line.Hash + "\n")
	}
	b.WriteString("head " + s.Head + "\n")
	return b.Bytes()
}

// Has reports whether the sum has a line for a file.
func (s Sum) Has(name string) bool {
	_, ok := s.find(name)
	return ok
}

func (s Sum) find(name string) (int, bool) {
	return slices.BinarySearchFunc(s.Lines, name, func(line SumLine, name string) int {
		return strings.Compare(line.Name, name)
	})
}

// hash returns the hash of a file behind the i-1 lines before it.
func (s Sum) hash(i int, name string, data []byte) string {
	digest := sha256.New()
	if i > 0 {
		digest.Write([]byte(s.Lines[i-1].Hash))
	}
	digest.Write([]byte("\n" + name + "\n"))
	digest.Write(unixLines(data))
	return "h1:" + base64.StdEncoding.EncodeToString(digest.Sum(nil))
}

// unixLines returns data as git stores it: a checkout on Windows may have given
// it other line breaks.
func unixLines(data []byte) []byte {
	if bytes.IndexByte(data, '\r') < 0 {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// matches reports whether the content of a file is that which was hashed.
func (s Sum) matches(name string, data []byte) bool {
	i, ok := s.find(name)
	return ok && s.hash(i, name, data) == s.Lines[i].Hash
}

var sumLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9]{14}_[a-z0-9_]+\.(?:sql|ops\.json)) (h1:[A-Za-z0-9+/]{43}=)$`)
})

// ParseSum reads the content of whimbrel.sum.
func ParseSum(data []byte) (Sum, diag.List) {
	var s Sum
	lines := strings.Split(strings.TrimSuffix(string(unixLines(data)), "\n"), "\n")
	for i, line := range lines {
		if d := s.add(line, i == len(lines)-1); d != nil {
			d.Range = wholeLine(SumName, lines, i)
			return Sum{}, diag.List{*d}
		}
	}
	return s, nil
}

// add takes in one line of the file.
func (s *Sum) add(line string, last bool) *diag.Diagnostic {
	if strings.HasPrefix(line, "<<<<<<<") || strings.HasPrefix(line, "=======") || strings.HasPrefix(line, ">>>>>>>") {
		return conflictInSum()
	}
	if head, ok := strings.CutPrefix(line, "head "); ok && last && ValidID(head) {
		s.Head = head
		return nil
	}
	parts := sumLine().FindStringSubmatch(line)
	if parts == nil || last {
		return damagedSum("want lines of a file's name and its hash, and at last \"head\" and the ID of the last migration")
	}
	if len(s.Lines) > 0 && s.Lines[len(s.Lines)-1].Name >= parts[1] {
		return damagedSum("the names are not in order, or one stands there twice")
	}
	s.Lines = append(s.Lines, SumLine{Name: parts[1], Hash: parts[2]})
	return nil
}

// check returns a diagnostic if a file is not what was hashed.
func (s Sum) check(name string, data []byte) diag.List {
	if !s.Has(name) {
		return diag.List{notInSum(name)}
	}
	if !s.matches(name, data) {
		return diag.List{changed(name)}
	}
	return nil
}
