package output

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Plural returns a number with its noun.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Duration returns a time as people read it: "4 ms", "1.2 s", "2m10s".
func Duration(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}

// OrNone returns text, or "none" where there is none.
func OrNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// Operation returns an operation in words: "create model shop.pizza".
func Operation(kind, target string) string {
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
