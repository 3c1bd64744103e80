package parser

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	pgquery "github.com/wasilibs/go-pgquery/parser"
)

// An engine is libpg_query.
type engine struct {
	broken error // it cannot be used again; under running
}

// running is held during a call. libpg_query is compiled at the first one, for the
// whole process, and anew for each that runs beside another one: so all parsers of
// a process wait for each other.
var running sync.Mutex

// run calls libpg_query with a text that it can take.
func run[T any](e *engine, text string, call func(string) (T, error)) (result T, err error) {
	if err := checked(text); err != nil {
		return result, err
	}
	running.Lock()
	defer running.Unlock()
	if e.broken != nil {
		return result, e.broken
	}
	defer func() {
		if r := recover(); r != nil {
			e.broken = fmt.Errorf("the SQL parser has stopped: %v", r)
			err = e.broken
		}
	}()
	result, err = call(text)
	return result, located(text, err)
}

// checked refuses text that libpg_query does not take.
func checked(text string) error {
	if err := valid(text); err != nil {
		return err
	}
	if at := tooDeep(text); at >= 0 {
		return &SyntaxError{Offset: at, Message: "SQL that is nested too deeply"}
	}
	return nil
}

// valid refuses text that is no SQL, whatever it says.
func valid(text string) error {
	if len(text) > maxSize {
		return &SyntaxError{Message: fmt.Sprintf("SQL of more than %d bytes", maxSize)}
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return &SyntaxError{Offset: at, Message: "a zero byte in SQL"}
	}
	if !utf8.ValidString(text) {
		return &SyntaxError{Offset: invalid(text), Message: "SQL that is not UTF-8"}
	}
	return nil
}

func invalid(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			return i
		}
	}
	return 0
}

// located returns a parser's error with its place in bytes; libpg_query counts
// characters from 1.
func located(text string, err error) error {
	var wrong *pgquery.Error
	if !errors.As(err, &wrong) {
		return err
	}
	at := len(text)
	for i := range text {
		if wrong.Cursorpos--; wrong.Cursorpos <= 0 {
			at = i
			break
		}
	}
	return &SyntaxError{Offset: at, Message: wrong.Message}
}
