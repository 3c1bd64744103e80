package audit

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// timeFormat is how times of the audit log are shown: what is shown can be given
// to --at and --until again.
const timeFormat = "2006-01-02 15:04:05.000 UTC"

// line returns text of users in one line that cannot steer the terminal.
func line(text string) string { return strings.ReplaceAll(diag.Escape(text), "\n", `\n`) }

// key returns a primary key as a person writes it, in one line.
func key(k auditlog.Key) string { return line(auditlog.FormatKey(k)) }

// value returns a value in one line that is not too long.
func value(v json.RawMessage) string { return line(cut(string(v))) }

func cut(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "..."
}

// size returns a number of bytes as people read it.
func size(n int64) string {
	size, unit := float64(n), 0
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	for size >= 1024 && unit < len(units)-1 {
		size, unit = size/1024, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}

// text returns the value of a JSON string.
func text(value json.RawMessage) (string, bool) {
	var text string
	err := json.Unmarshal(value, &text)
	return text, value != nil && err == nil
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
