package output

import (
	"fmt"
	"time"
)

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
