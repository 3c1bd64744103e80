package sdk

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// foreignTags are those of others that a field with our tag can have as well: its
// struct may be that of the attributes as JSON too.
var foreignTags = []string{"json"}

// spelt panics for tags that are none of ours beside one of ours, and for one of ours
// beside which the tag whimbrel is missing. Go reads over them, and the argument would
// be without what they say, or would not be there.
func spelt(owner reflect.Type, field reflect.StructField) {
	keys, rest := keysOf(string(field.Tag))
	ours := slices.Contains(keys, tagName)
	if ours && rest != "" {
		wrong("%s.%s: Go cannot read %q in the tag: write NAME:\"...\", with a blank between one and the next", owner, field.Name, rest)
	}
	for _, key := range keys {
		switch {
		case ours && key != tagName && !slices.Contains(tags, key) && !slices.Contains(foreignTags, key):
			wrong("%s.%s: there is no tag %s, %s", owner, field.Name, key, instead(key))
		case !ours && nearest(key) == tagName:
			wrong("%s.%s: there is no tag %s, it is called %s", owner, field.Name, key, tagName)
		}
	}
	if field.Anonymous && !ours && embedsArguments(field.Type) {
		wrong("%s.%s: it is embedded, and its arguments would not be read: write them into the struct itself", owner, field.Name)
	}
}

// instead says which tag is meant by one that there is not.
func instead(key string) string {
	if near := nearest(key); near != "" {
		return "it is called " + near
	}
	return "the tags are " + tagName + ", " + strings.Join(tags, ", ")
}

// nearest returns the tag that another one is nearly, or nothing: one in capitals, in
// the singular or plural, with underscores or with two letters exchanged.
func nearest(key string) string {
	for _, tag := range append([]string{tagName}, tags...) {
		if letters(key) == letters(tag) {
			return tag
		}
	}
	if strings.HasPrefix(strings.ToLower(key), tagName[:4]) {
		return tagName
	}
	return ""
}

// letters returns those of a word in their order, without what is easily written
// otherwise.
func letters(word string) string {
	all := []rune(strings.TrimSuffix(strings.ReplaceAll(strings.ToLower(word), "_", ""), "s"))
	slices.Sort(all)
	return string(all)
}

// keysOf returns the keys of a tag as Go reads them, and what it does not read.
func keysOf(tag string) (keys []string, rest string) {
	for {
		tag = strings.TrimLeft(tag, " ")
		key, quoted, found := strings.Cut(tag, ":")
		value, err := strconv.QuotedPrefix(quoted)
		if !found || err != nil || key == "" || !strings.HasPrefix(value, `"`) || strings.ContainsAny(key, " \",") {
			return keys, tag
		}
		keys, tag = append(keys, key), quoted[len(value):]
	}
}

// embedsArguments reports whether a struct has fields with our tag.
func embedsArguments(t reflect.Type) bool {
	t = bare(t)
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		if _, tagged := t.Field(i).Tag.Lookup(tagName); tagged {
			return true
		}
	}
	return false
}
