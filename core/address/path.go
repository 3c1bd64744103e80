package address

import (
	"errors"
	"strings"
)

var errPath = errors.New("a path is names separated by dots, each plain or in double quotes")

func joinPath(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quoteName(name)
	}
	return strings.Join(quoted, ".")
}

func quoteName(name string) string {
	if isPlain(name) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// isPlain reports whether a name can stand in a path without quotes.
func isPlain(name string) bool {
	for _, r := range name {
		if r == '.' || r == '"' || r == ' ' || r == '=' || r < ' ' {
			return false
		}
	}
	return name != ""
}

func splitPath(path string) ([]string, error) {
	if !strings.Contains(path, `"`) {
		return splitPlain(path)
	}
	var names []string
	for {
		name, rest, err := cutName(path)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
		if rest == "" {
			return names, nil
		}
		if rest[0] != '.' {
			return nil, errPath
		}
		path = rest[1:]
	}
}

func splitPlain(path string) ([]string, error) {
	names := strings.Split(path, ".")
	for _, name := range names {
		if !isPlain(name) {
			return nil, errPath
		}
	}
	return names, nil
}

// cutName takes the first name off a path and returns it without its quotes.
func cutName(path string) (name, rest string, err error) {
	if !strings.HasPrefix(path, `"`) {
		end := strings.IndexByte(path, '.')
		if end < 0 {
			end = len(path)
		}
		if !isPlain(path[:end]) {
			return "", "", errPath
		}
		return path[:end], path[end:], nil
	}
	return cutQuoted(path[1:])
}

func cutQuoted(text string) (name, rest string, err error) {
	var b strings.Builder
	for {
		end := strings.IndexByte(text, '"')
		if end < 0 {
			return "", "", errPath
		}
		b.WriteString(text[:end])
		text = text[end+1:]
		if !strings.HasPrefix(text, `"`) {
			break
		}
		b.WriteByte('"')
		text = text[1:]
	}
	// Quotes around a plain name would give one object two addresses.
	if isPlain(b.String()) {
		return "", "", errPath
	}
	return b.String(), text, nil
}
