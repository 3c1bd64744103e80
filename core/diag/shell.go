package diag

import "strings"

// ShellWord returns text as one word of a command: in quotes where a shell would
// take it apart.
func ShellWord(text string) string {
	if strings.ContainsAny(text, " \"'$\\`;&|<>()*?[]!#~\n\t") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}
