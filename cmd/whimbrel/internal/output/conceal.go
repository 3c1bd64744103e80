package output

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// Connection strings hold passwords, and people put them where they do not belong: into
// another flag, another argument, a line with a mistake in it. So what is printed goes
// through here, whoever made it.

var (
	// ofURL is the user and password of a URL.
	ofURL = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(://)[^\s"'/@]*:[^\s"']*@`) })
	// ofPair is a password among the parameters of a URL or of a list of pairs.
	ofPair = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b((?:ssl)?pass(?:word|wd|phrase|file)?\s*=\s*)('(?:[^'\\]|\\.)*'?|(?:\\.|[^\s&;"'])+)`)
	})
	pairLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)://|\b(?:host|hostaddr|dbname|port|sslmode|user)\s*=`)
	})
)

// advised is how a URL is written in advice.
const advised = "://USER:PASSWORD@"

// conceal returns text without the passwords of the connection strings in it.
func conceal(text string) string {
	if !strings.Contains(text, "://") && !strings.Contains(strings.ToLower(text), "pass") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = ofURL().ReplaceAllStringFunc(line, func(found string) string {
			if found == advised {
				return found
			}
			return "://***@"
		})
		if pairLine().MatchString(line) {
			line = ofPair().ReplaceAllString(line, "${1}***")
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// concealed returns diagnostics without the passwords in them.
func concealed(list diag.List) diag.List {
	found := make(diag.List, len(list))
	for i, d := range list {
		d.Summary, d.Detail, d.Next = conceal(d.Summary), conceal(d.Detail), conceal(d.Next)
		found[i] = d
	}
	return found
}

// source returns the bytes of a file that a diagnostic is about, for the line that is
// shown. Of a file that is a link out of the project nothing is shown: who put it there
// may want to see what only this user can read.
func (s *Session) source(file string) []byte {
	path := s.Path(file)
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() > syntax.MaxBytes || !inside(s.Root(), path) {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	if filepath.Base(file) == hcl.ProjectFile {
		return masked(text)
	}
	return []byte(conceal(string(text)))
}

// inside reports whether a path leads into a folder, links followed. A path that says
// itself that it leads elsewhere is no link.
func inside(folder, path string) bool {
	if said, err := filepath.Rel(folder, path); err == nil && !filepath.IsLocal(said) {
		info, err := os.Lstat(path)
		return err == nil && info.Mode().IsRegular()
	}
	root, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return false
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	relative, err := filepath.Rel(root, target)
	return err == nil && filepath.IsLocal(relative)
}

// The lines of the project file that name databases: what an argument url is, and any
// word with an @ or a :// in it.
var (
	urlLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\w*url\s*=)(.*)`) })
	urlWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\s"]*(?:@|://)[^"]*`) })
	envCall = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*env\("\w*"\)\s*}?\s*$`) })
)

// masked returns a project file with what may be of a password as stars, each
// character one, so that places in it stay what they are.
func masked(text []byte) []byte {
	lines := bytes.Split(text, []byte("\n"))
	for i, line := range lines {
		if found := urlLine().FindSubmatchIndex(line); found != nil && !envCall().Match(line[found[4]:]) {
			line = append(line[:found[4]:found[4]], starred(line[found[4]:])...)
		}
		lines[i] = urlWord().ReplaceAllFunc(line, starred)
	}
	return bytes.Join(lines, []byte("\n"))
}

// starred returns text with a star for each character but blanks and quotes.
func starred(text []byte) []byte {
	return []byte(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\"", r) {
			return r
		}
		return '*'
	}, string(text)))
}
