package resolve

import (
	"math"
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// A parameter is what a storage parameter can be.
type parameter struct {
	words    []string // none: a number
	fraction bool
	min, max float64
}

var onOff = []string{"true", "false"}

func whole(least, most float64) parameter    { return parameter{min: least, max: most} }
func fraction(least, most float64) parameter { return parameter{fraction: true, min: least, max: most} }

// read returns a value as PostgreSQL writes it.
func (p parameter) read(e *declare.Expr) (string, bool) {
	text := e.Text
	if len(p.words) > 0 {
		if e.Kind == declare.Word {
			text = word(e)
		}
		return text, slices.Contains(p.words, text)
	}
	if e.Kind == declare.Operator && e.Text == "-" && len(e.Args) == 1 {
		e = strip(e.Args[0])
		text = "-" + e.Text
	}
	number, err := strconv.ParseFloat(text, 64)
	whole := number == float64(int64(number))
	return text, e.Kind == declare.Number && err == nil && (p.fraction || whole) && number >= p.min && number <= p.max
}

func (p parameter) String() string {
	switch {
	case len(p.words) > 0:
		return oneOf(p.words)
	case p.fraction:
		return "a number from " + decimal(p.min) + " to " + decimal(p.max)
	}
	return "a whole number from " + decimal(p.min) + " to " + decimal(p.max)
}

func (p parameter) example() string {
	if len(p.words) > 0 {
		return p.words[0]
	}
	return decimal(max(p.min, min(p.max, 1)))
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// storageParameters are those of tables, with the bounds of PostgreSQL 15
// (src/backend/access/common/reloptions.c). Those of the table for large values are
// called toast.NAME.
var storageParameters = newStorageParameters()

func newStorageParameters() map[string]parameter {
	const most = math.MaxInt32
	both := map[string]parameter{
		"autovacuum_enabled":                    {words: onOff},
		"autovacuum_freeze_max_age":             whole(100_000, 2_000_000_000),
		"autovacuum_freeze_min_age":             whole(0, 1_000_000_000),
		"autovacuum_freeze_table_age":           whole(0, 2_000_000_000),
		"autovacuum_multixact_freeze_max_age":   whole(10_000, 2_000_000_000),
		"autovacuum_multixact_freeze_min_age":   whole(0, 1_000_000_000),
		"autovacuum_multixact_freeze_table_age": whole(0, 2_000_000_000),
		"autovacuum_vacuum_cost_delay":          fraction(0, 100),
		"autovacuum_vacuum_cost_limit":          whole(1, 10_000),
		"autovacuum_vacuum_insert_scale_factor": fraction(0, 100),
		"autovacuum_vacuum_insert_threshold":    whole(-1, most),
		"autovacuum_vacuum_scale_factor":        fraction(0, 100),
		"autovacuum_vacuum_threshold":           whole(0, most),
		"log_autovacuum_min_duration":           whole(-1, most),
		"vacuum_index_cleanup":                  {words: []string{"auto", "on", "off"}},
		"vacuum_truncate":                       {words: onOff},
	}
	all := map[string]parameter{
		"autovacuum_analyze_scale_factor": fraction(0, 100),
		"autovacuum_analyze_threshold":    whole(0, most),
		"fillfactor":                      whole(10, 100),
		"parallel_workers":                whole(0, 1024),
		"toast_tuple_target":              whole(128, 8160),
		"user_catalog_table":              {words: onOff},
	}
	for name, p := range both {
		all[name], all["toast."+name] = p, p
	}
	return all
}
