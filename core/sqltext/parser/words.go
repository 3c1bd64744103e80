package parser

import "strings"

// words is a set of words with a blank before and behind each. It is a constant
// where a map would be made at every start of the program.
type words string

func (w words) has(word string) bool {
	return word != "" && !strings.Contains(word, " ") && strings.Contains(string(w), " "+word+" ")
}
