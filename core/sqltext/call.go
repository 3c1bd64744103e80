package sqltext

import (
	"errors"
	"fmt"
)

// A Call is a name that stands in front of a parenthesis. Schema is empty where
// none is named.
type Call struct{ Schema, Name string }

// Calls returns the names in one statement that stand in front of a parenthesis:
// all functions that it calls are among them. It returns an error for text that
// can hide a name or that is more than one statement.
func Calls(sql string) ([]Call, error) {
	var found []Call
	var last [3]string // names, "(" and "."; "" for anything else
	for t := range Scan(sql) {
		if t.Kind.Blank() && !t.Open {
			continue
		}
		word, err := called(t)
		if err != nil {
			return nil, err
		}
		if word == "(" && last[2] != "" && last[2] != "(" && last[2] != "." {
			call := Call{Name: last[2]}
			if last[1] == "." {
				call.Schema = last[0]
			}
			found = append(found, call)
		}
		last = [3]string{last[1], last[2], word}
	}
	return found, nil
}

// called returns a name, "(" or ".", or nothing for anything else.
func called(t Token) (string, error) {
	switch {
	case t.Open && t.Kind == BlockComment:
		return "", errors.New("it has a comment without end")
	case t.Open:
		return "", errors.New("it has a quote without end")
	case t.Kind == Semicolon:
		return "", errors.New("it is more than one statement")
	case t.Kind == Parameter, t.Is("$"):
		return "", errors.New("it has a parameter")
	case t.Kind == EscapeString, t.Kind == UnicodeName, t.Kind == PrefixedString && t.Text[1] == '&':
		return "", errors.New("it has text with escapes, which hide what it says")
	case t.Is("("), t.Is("."):
		return t.Text, nil
	}
	name, ok := t.Identifier()
	if ok && (name == "" || name == "(" || name == ".") {
		return "", fmt.Errorf("it has the name %q", name)
	}
	return name, nil
}
