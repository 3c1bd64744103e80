package migration

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// read returns the bytes of a file of the folder. That it cannot be read is something
// for the user to mend.
func read(fsys fs.FS, name string) ([]byte, diag.List) {
	info, err := fs.Stat(fsys, name)
	if err == nil && !info.Mode().IsRegular() {
		return nil, diag.List{unreadable(name, "it is no file")}
	}
	if err != nil {
		return nil, diag.List{unreadable(name, reason(err))}
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, diag.List{unreadable(name, reason(err))}
	}
	return data, nil
}

// reason returns what the system says, without the name that it says it of.
func reason(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is a link to a file that is not there"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}

func unreadable(name, why string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3019", Summary: fmt.Sprintf("%s cannot be read: %s", name, why), Range: top(name),
		Next: "look who may read it, and where it leads: ls -l " + diag.ShellWord(name),
	}
}

func unreadableFolder(err error) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3019", Summary: "the folder of migrations cannot be read: " + reason(err), Range: top("."),
		Next: "run whimbrel as a user who may read it, or correct migrations = in the app block of whimbrel.hcl",
	}
}

// notText returns the place of the first byte that is no text, ok if there is none.
func notText(data []byte) (at int, ok bool) {
	zero := bytes.IndexByte(data, 0)
	if zero < 0 && utf8.Valid(data) {
		return 0, true
	}
	at = len(data) - len(strings.TrimLeftFunc(string(data), func(r rune) bool { return r != utf8.RuneError && r != 0 }))
	return at, false
}

func notTextAt(name string, data []byte, at int) diag.Diagnostic {
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	begin := bytes.LastIndexByte(data[:at], '\n') + 1
	pos := diag.Pos{Line: line, Column: utf8.RuneCount(data[begin:at]) + 1, Byte: at}
	return diag.Diagnostic{
		Code: "WH3009", Summary: fmt.Sprintf("%s is no text in UTF-8: byte %#02x", name, data[at]),
		Range:  diag.Range{File: name, Start: pos, End: pos},
		Detail: "PostgreSQL takes SQL in UTF-8, without zero bytes.",
		Next:   "save the file in UTF-8 without byte zero; after an edit that stays, run whimbrel make --seal with the migration's ID",
	}
}
