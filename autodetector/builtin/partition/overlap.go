package partition

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// overlap reports two partitions that could both have a row.
func overlap(by expression.Node, a, b part, other string) []routine.Mistake {
	both := false
	switch {
	case a.boundMistake(by) != nil || b.boundMistake(by) != nil:
	case a.Default || b.Default:
		both = a.Default && b.Default
	case by.Text == "list":
		both = shares(elements(a.Values), elements(b.Values))
	case by.Text == "hash" && a.Modulus != nil && b.Modulus != nil && a.Remainder != nil && b.Remainder != nil:
		both = (*a.Remainder-*b.Remainder)%divisor(*a.Modulus, *b.Modulus) == 0
	case by.Text == "range" && len(by.Args) == 1:
		both = before(a.From, b.To) && before(b.From, a.To)
	}
	if !both {
		return nil
	}
	return []routine.Mistake{routine.Wrong(fmt.Sprintf("overlaps with partition %q", other), "A row has one partition.", "write bounds that another one has not")}
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func shares(a, b []expression.Node) bool {
	for _, one := range a {
		for _, other := range b {
			if one.Kind == other.Kind && one.Text == other.Text && len(one.Args) == 0 {
				return true
			}
		}
	}
	return false
}

// empty reports whether a range is known to have no values.
func empty(p part) bool {
	if p.From == nil || p.To == nil || len(elements(p.From)) != 1 || len(elements(p.To)) != 1 {
		return false
	}
	order, known := compare(elements(p.From)[0], elements(p.To)[0])
	return known && order >= 0
}

// before reports whether the beginning of a range is known to stand before the end of
// another one. What is open does.
func before(from, to *expression.Node) bool {
	a, b := elements(from), elements(to)
	if len(a) != 1 || len(b) != 1 || a[0].Kind == expression.Null || b[0].Kind == expression.Null {
		return true
	}
	order, known := compare(a[0], b[0])
	return known && order < 0
}

// date is text whose order is that of what it means, whatever the collation.
var date = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$`) })

// compare returns the order of two values, if it is known: of numbers and of dates.
func compare(a, b expression.Node) (order int, known bool) {
	if a.Kind == expression.String && b.Kind == expression.String && date().MatchString(a.Text) && date().MatchString(b.Text) {
		return strings.Compare(stamp(a.Text), stamp(b.Text)), true
	}
	x, isNumber := new(big.Rat).SetString(number(a))
	y, isToo := new(big.Rat).SetString(number(b))
	if !isNumber || !isToo {
		return 0, false
	}
	return x.Cmp(y), true
}

// stamp returns a date with its time of day.
func stamp(text string) string {
	return text + " 00:00:00"[min(len(text)-len("2026-01-01"), len(" 00:00:00")):]
}

// number returns the text of a number, which may have a sign, or nothing.
func number(e expression.Node) string {
	switch {
	case e.Kind == expression.Number:
		return e.Text
	case e.Kind == expression.Operator && e.Text == "-" && len(e.Args) == 1 && e.Args[0].Kind == expression.Number:
		return "-" + e.Args[0].Text
	}
	return ""
}
