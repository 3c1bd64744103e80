package plugins

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Checksums are what a release has published of its executables: the lines of a
// file as sha256sum writes it.
type Checksums struct {
	File  string // its name, for messages
	files map[string]string
}

var sumLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([0-9a-fA-F]{64}) [ *](.+)$`) })

// ReadChecksums reads a file of lines "SUM  FILENAME". The name of an executable
// ends in _OS_ARCH, such as whimbrel-plugin-rls_1.0.0_linux_amd64; other files are
// passed over. What cannot be read is a diagnostic.
func ReadChecksums(path string) (Checksums, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Checksums{}, badChecksums(path, err.Error())
	}
	sums := Checksums{File: filepath.Base(path), files: map[string]string{}}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		parts := sumLine().FindStringSubmatch(line)
		switch {
		case strings.TrimSpace(line) == "":
		case parts == nil:
			why := fmt.Sprintf("the line %q is not a SHA-256, two spaces and the name of a file", brief(line))
			return Checksums{}, badChecksums(path, why)
		default:
			sums.files[filepath.Base(parts[2])] = strings.ToLower(parts[1])
		}
	}
	return sums, nil
}

func brief(text string) string { return printable(text[:min(len(text), 100)]) }

func badChecksums(path, why string) error {
	return diag.Diagnostic{
		Code: "WH4018", Summary: "the checksums in " + path + " cannot be used", Detail: why,
		Next: "give the file of checksums that the plugin's release has, often SHA256SUMS",
	}
}

// of returns the sums of a version of a plugin by platform.
func (c Checksums) of(name, version string) map[string]string {
	form := regexp.MustCompile(`^(?:` + regexp.QuoteMeta("whimbrel-plugin-") + `)?` + regexp.QuoteMeta(name) +
		`(?:[_-]v?` + regexp.QuoteMeta(version) + `)?[_-]([a-z0-9]+)_([a-z0-9]+)(?:\.exe)?$`)
	found := map[string]string{}
	for file, sum := range c.files {
		if parts := form.FindStringSubmatch(file); parts != nil {
			found[parts[1]+"_"+parts[2]] = sum
		}
	}
	return found
}

// Covers reports whether there is an executable of a version of a plugin.
func (c Checksums) Covers(name, version string) bool { return len(c.of(name, version)) > 0 }

func names(sums map[string]string) string {
	if len(sums) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(sums)), ", ")
}
