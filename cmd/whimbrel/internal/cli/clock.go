package cli

import (
	"fmt"
	"strconv"
	"time"
)

// now returns the time for the names of migrations: that of SOURCE_DATE_EPOCH if
// it is set, so that a build can be repeated, else the clock's.
func (s *session) now() (time.Time, error) {
	text := s.env("SOURCE_DATE_EPOCH")
	if text == "" {
		return s.Now().UTC(), nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, usage(fmt.Errorf("SOURCE_DATE_EPOCH=%s: want seconds since 1970", text))
	}
	return time.Unix(seconds, 0).UTC(), nil
}
