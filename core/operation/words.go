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
