package migration

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// layout is the time in an ID, to the second.
const layout = "20060102150405"

// MaxSlug is the greatest length of a slug in bytes; file systems allow names of 255.
const MaxSlug = 100

var validID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{14}_[a-z0-9_]+$`) })

// NewID returns the ID of a migration made at a time: "20261122101500_slug". The
// text of the slug is put through Slug.
func NewID(at time.Time, slug string) string {
	return at.UTC().Format(layout) + "_" + Slug(slug)
}

// ValidID reports whether text has the form of an ID.
func ValidID(text string) bool { return validID().MatchString(text) && len(text) <= MaxSlug+15 }

// Slug returns text as a part of a file name: lower case letters, digits and
// single underscores, at most 100. Where nothing is left, it is "changes".
func Slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "_") {
			b.WriteByte('_')
		}
	}
	slug := b.String()
	slug = strings.Trim(slug[:min(len(slug), MaxSlug)], "_")
	if slug == "" {
		return "changes"
	}
	return slug
}

// idTime returns the time in an ID.
func idTime(id string) (time.Time, error) {
	stamp, _, _ := strings.Cut(id, "_")
	return time.Parse(layout, stamp)
}
