package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
)

// Whoever runs it and wherever they are: times are read in UTC, both ways.
func TestZones(t *testing.T) {
	t.Parallel()
	const inTokyo = "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone TO ''Asia/Tokyo''', current_database()); END$$;\n"
	for name, s := range map[string]struct{ from, to, before, after string }{
		"a clock becomes a moment":   {"timestamp", "timestamptz", "2024-05-06 07:08", "2024-05-06 07:08+00"},
		"a moment becomes a clock":   {"timestamptz", "timestamp", "2024-05-06 07:08+00", "2024-05-06 07:08"},
		"a day becomes a moment":     {"date", "timestamptz", "2024-05-06", "2024-05-06 00:00+00"},
		"a moment becomes a day":     {"timestamptz", "date", "2024-05-06 23:08+00", "2024-05-06"},
		"a time gets an offset":      {"time", "timetz", "07:08", "07:08+00"},
		"a moment becomes a time":    {"timestamptz", "time", "2024-05-06 07:08+00", "07:08"},
		"a time becomes a moment":    {"time", "timestamptz", "07:08", "1970-01-01 07:08+00"},
		"clocks in an array":         {"timestamp[]", "timestamptz[]", "{2024-05-06 07:08}", "{2024-05-06 07:08+00}"},
		"one clock becomes an array": {"timestamp", "timestamptz[]", "2024-05-06 07:08", "{2024-05-06 07:08+00}"},
		"text becomes a moment":      {"text", "timestamptz", "2024-05-06 07:08", "2024-05-06 07:08+00"},
		"a moment becomes text":      {"timestamptz", "text", "2024-05-06 07:08+00", "2024-05-06 07:08:00+00"},
	} {
		x := detecttest.Trial{
			From: shop.T(shop.Field("c", s.from)), To: shop.T(shop.Field("c", s.to)),
			Data: inTokyo + "INSERT INTO t (c) VALUES ('" + s.before + "')", Check: "SELECT c = '" + s.after + "' FROM t",
		}
		t.Run(name, func(t *testing.T) { t.Parallel(); x.Run(t) })
	}
}
