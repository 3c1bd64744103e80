package diag

import "fmt"

// A Severity says whether a diagnostic stops the command.
type Severity int

// Error stops the command, Warning and Note do not.
const (
	Error Severity = iota
	Warning
	Note
)

var severityNames = []string{"Error", "Warning", "Note"}

// String returns "Error", "Warning" or "Note".
func (s Severity) String() string {
	if s < 0 || int(s) >= len(severityNames) {
		return fmt.Sprintf("Severity(%d)", int(s))
	}
	return severityNames[s]
}

// MarshalText writes "error", "warning" or "note".
func (s Severity) MarshalText() ([]byte, error) {
	switch s {
	case Error:
		return []byte("error"), nil
	case Warning:
		return []byte("warning"), nil
	case Note:
		return []byte("note"), nil
	}
	return nil, fmt.Errorf("unknown severity %d", int(s))
}

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(text []byte) error {
	for _, known := range []Severity{Error, Warning, Note} {
		if name, _ := known.MarshalText(); string(name) == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("unknown severity %q", text)
}
