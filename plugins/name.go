package plugins

import (
	"regexp"
	"sync"
)

var validName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`) })

// ValidName reports whether a new plugin can have a name: lower case letters, digits
// and underscores, a letter first, at most 40.
func ValidName(name string) bool { return validName().MatchString(name) }
