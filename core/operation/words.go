package operation

import (
	"slices"
	"strings"
)

// Words returns an operation in words by its kind and its target, for one without
// a summary: "create model shop.pizza".
func Words(kind, target string) string {
	verb, noun, _ := strings.Cut(kind[strings.LastIndexByte(kind, '.')+1:], "_")
	what, path, _ := strings.Cut(target, " ")
	if noun == "" && !strings.Contains(what, ".") {
		noun = what // a rename of the core does not say of what
	}
	if path == noun {
		path = "" // there is one only: "create audit log"
	}
	words := []string{verb, strings.ReplaceAll(noun, "_", " "), path}
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " ")
}

// Undone returns what undoing an operation does, in words by its kind and its target:
// "drop model shop.pizza" for one that creates it.
func Undone(kind, target string) string {
	verb, what, found := strings.Cut(Words(kind, target), " ")
	opposite, known := Opposite(verb)
	if !found || !known {
		return "undo " + Words(kind, target)
	}
	return opposite + " " + what
}

// Opposite returns the verb of what undoes an operation, if the way back of one verb
// is that of another.
func Opposite(verb string) (string, bool) {
	for _, pair := range [][2]string{{"create", "drop"}, {"add", "remove"}, {"attach", "detach"}, {"enable", "disable"}} {
		switch verb {
		case pair[0]:
			return pair[1], true
		case pair[1]:
			return pair[0], true
		}
	}
	return "", false
}
