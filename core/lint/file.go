package lint

import "strings"

// File returns the text of a .sql file: of a migration what is run forth, of any other
// all of it. A way back drops what came; nobody minds.
func File(name, whole string) Text {
	t := Text{SQL: whole, File: name, Whole: whole}
	begin, found := lineWith(whole, 0, "-- +goose Up")
	if !found {
		return t
	}
	end, found := lineWith(whole, begin, "-- +goose Down")
	if !found {
		end = len(whole)
	}
	t.SQL, t.Offset = whole[begin:end], begin
	_, t.Alone = lineWith(whole, 0, "-- +goose NO TRANSACTION")
	return t
}

// lineWith returns where a line begins, from an offset on.
func lineWith(text string, from int, line string) (int, bool) {
	for at := from; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		if strings.TrimSpace(text[at:end]) == line {
			return at, true
		}
		at = end + 1
	}
	return 0, false
}
