package output

import (
	"fmt"
	"strconv"
	"time"
)

// Clock returns the time for the names of migrations: that of SOURCE_DATE_EPOCH if
// it is set, so that a build can be repeated, else the clock's.
func (s *Session) Clock() (time.Time, error) {
	text := s.Env("SOURCE_DATE_EPOCH")
	if text == "" {
		return s.Now().UTC(), nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, Usage(fmt.Errorf("SOURCE_DATE_EPOCH=%s: want seconds since 1970", text))
	}
	return time.Unix(seconds, 0).UTC(), nil
}
