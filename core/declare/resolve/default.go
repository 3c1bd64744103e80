package resolve

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// A defaultUse is what a default is of.
type defaultUse struct {
	what    string // for messages
	part    address.Address
	notNull bool
}

// defaultOf reads a default and checks it against the type. It returns nil for
// none, and after reporting that the default cannot be one.
func (l *loader) defaultOf(f *declare.Document, a *app, attr *declare.Attr, t *typ, of defaultUse, u *uses) *expression.Node {
	s := &scope{l: l, file: f, app: a, part: of.part, what: "the default of " + of.what, noFields: "A default cannot name fields.", uses: u, kept: true}
	n, ok := s.translate(attr.Value)
	if !ok {
		return nil
	}
	at := declare.Place{Document: f, Span: attr.Value.Span}
	if n.Kind == expression.Null {
		if of.notNull {
			l.report(at, codeDefault, fmt.Sprintf("the default of %s is null, but it cannot be null", of.what), "", "take the default out, or write null = true")
		}
		return nil
	}
	l.checkDefault(at, n, t, of.what)
	return &n
}

// checkDefault reports a value that the type cannot have.
func (l *loader) checkDefault(at declare.Place, n expression.Node, t *typ, what string) {
	if t == nil {
		return
	}
	t = t.base()
	if t.valued() != nil && t.Dimensions == 0 {
		if n.Kind == expression.String {
			l.enumDefault(at, n, t, what)
			return
		}
	}
	if problem, example := mismatch(n, t); problem != "" {
		next := "write a value of type " + t.String()
		if example != "" {
			next = "write default = " + example
		}
		if called := unquotedCall(n); called != "" {
			problem, next = "A call in quotes is text.", "write default = "+called
		}
		l.report(at, codeDefault, fmt.Sprintf("the default of %s is no value of type %s", what, t), problem, next)
	}
}

// callText is a call of a function, and nextvalText one whose argument is the name of a
// sequence.
var (
	callText    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)^\s*[A-Za-z_][\w.]*\s*\(.*\)\s*$`) })
	nextvalText = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\s*nextval\s*\(\s*'([\w.]+)'\s*(?:::\s*regclass\s*)?\)\s*$`)
	})
)

// unquotedCall returns how a call is written that stands in quotes, "" for all else.
func unquotedCall(n expression.Node) string {
	if n.Kind != expression.String {
		return ""
	}
	if m := nextvalText().FindStringSubmatch(n.Text); m != nil {
		return fmt.Sprintf("nextval(%q)", m[1])
	}
	if callText().MatchString(n.Text) {
		return fmt.Sprintf("sql(%q)", strings.TrimSpace(n.Text))
	}
	return ""
}

func (l *loader) enumDefault(at declare.Place, n expression.Node, t *typ, what string) {
	if slices.Contains(t.named.values, n.Text) {
		return
	}
	l.report(at, codeDefault, fmt.Sprintf("the default of %s is no value of %s %q%s", what, t.named.word(), t.named.name, didYouMean(n.Text, t.named.values)),
		fmt.Sprintf("The values are %s.", strings.Join(quoted(t.named.values), ", ")), insteadQuoted(n.Text, t.named.values, "write one of them"))
}

// mismatch says why a literal is no value of a type and what could be written.
// It says nothing of what only the server can know.
func mismatch(n expression.Node, t *typ) (why, example string) {
	switch {
	case t.Dimensions > 0:
		return arrayMismatch(n, t)
	case n.Kind == expression.List:
		if t.category() == pgtype.JSON {
			return "A list is the value of an array; JSON is written as text.", `"[]"`
		}
		return "A list is the value of an array.", ""
	case t.valued() != nil && (n.Kind == expression.Number || n.Kind == expression.Bool):
		return "The values of an enum are text.", ""
	case !t.own():
		return "", ""
	}
	switch n.Kind {
	case expression.Number:
		return numberMismatch(n.Text, t)
	case expression.Bool:
		if !t.takes("boolean") {
			return "It is a truth value.", ""
		}
	case expression.String:
		return textMismatch(n.Text, t)
	}
	return "", ""
}

func arrayMismatch(n expression.Node, t *typ) (why, example string) {
	switch n.Kind {
	case expression.Number, expression.Bool:
		return "It is a single value.", "[" + n.Text + "]"
	case expression.String:
		if text := strings.TrimSpace(n.Text); !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "}") {
			return "An array in text stands in braces.", fmt.Sprintf("[%q]", n.Text)
		}
	case expression.List:
		element := *t
		element.Dimensions--
		for _, one := range n.Args {
			if one.Kind == expression.List && element.Dimensions == 0 {
				element.Dimensions = 1 // PostgreSQL does not keep the number of dimensions
			}
			if one.Kind == expression.String && element.valued() != nil && element.Dimensions == 0 {
				if !slices.Contains(element.valued().values, one.Text) {
					return fmt.Sprintf("%s %q has no value %q.", capital(element.named.word()), element.named.name, one.Text), ""
				}
				continue
			}
			if one.Kind == expression.String && element.Dimensions > 0 {
				return "Its elements are arrays.", ""
			}
			if why, _ := mismatch(one, &element); why != "" {
				return why, ""
			}
		}
	}
	return "", ""
}

func numberMismatch(text string, t *typ) (why, example string) {
	if _, err := strconv.ParseInt(text, 10, 16); err == nil && t.category() == pgtype.Integer {
		return "", "" // fits every integer
	}
	value, ok := new(big.Rat).SetString(text)
	if !ok || len(text) > 1000 {
		return "", ""
	}
	literal := "integer"
	if strings.ContainsAny(text, ".eE") {
		literal = "numeric"
	}
	switch c := t.category(); {
	case c == pgtype.Bool:
		return "It is a number.", map[bool]string{true: "false", false: "true"}[value.Sign() == 0]
	case c == pgtype.Integer:
		return integerMismatch(value, t)
	case c == pgtype.Numeric:
		return numericMismatch(value, t)
	case !t.takes(literal):
		return "It is a number.", ""
	}
	return "", ""
}

func integerMismatch(value *big.Rat, t *typ) (why, example string) {
	if !value.IsInt() {
		return "It is not a whole number.", ""
	}
	low, high, _ := pgtype.Range(t.name.Base())
	if value.Cmp(new(big.Rat).SetInt64(low)) < 0 || value.Cmp(new(big.Rat).SetInt64(high)) > 0 {
		return fmt.Sprintf("A %s is from %d to %d.", t.name.Base(), low, high), ""
	}
	return "", ""
}

func numericMismatch(value *big.Rat, t *typ) (why, example string) {
	limits := t.name.Numbers() // precision and scale
	if len(limits) == 0 {
		return "", ""
	}
	whole := max(0, limits[0]-limits[1])
	limit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(whole)), nil))
	if new(big.Rat).Abs(value).Cmp(limit) >= 0 {
		return fmt.Sprintf("%s has at most %d digits before the point.", t.SQL, whole), ""
	}
	return "", ""
}

var (
	uuidText    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\{?[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7}\}?$`) })
	isoDate     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`) })
	specialTime = []string{"now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "+infinity", "allballs"}
)

// textMismatch checks what stands in a string, as PostgreSQL reads it.
func textMismatch(text string, t *typ) (why, example string) {
	trimmed := strings.ToLower(strings.TrimSpace(text))
	switch t.category() {
	case pgtype.Bool:
		if !isBool(trimmed) {
			return "A boolean is true or false.", "false"
		}
	case pgtype.Integer:
		value, ok := new(big.Rat).SetString(trimmed)
		if len(trimmed) > 100 || !ok || strings.ContainsAny(trimmed, "./eExX_") {
			return fmt.Sprintf("It is text, and a %s is a whole number.", t.name.Base()), "0"
		}
		return integerMismatch(value, t)
	case pgtype.Numeric, pgtype.Float:
		if _, ok := new(big.Rat).SetString(trimmed); !ok && len(trimmed) < 100 && !slices.Contains([]string{"nan", "infinity", "-infinity", "+infinity", "inf", "-inf", "+inf"}, trimmed) {
			return "It is text that is no number.", "0"
		}
	case pgtype.Text:
		return lengthMismatch(text, t)
	case pgtype.UUID:
		if !uuidText().MatchString(trimmed) {
			return "A uuid has 32 hexadecimal digits.", "gen_random_uuid()"
		}
	case pgtype.Date, pgtype.Timestamp, pgtype.Time:
		return timeMismatch(trimmed)
	case pgtype.JSON:
		if !json.Valid([]byte(text)) {
			return "It is not valid JSON.", `"{}"`
		}
	}
	return "", ""
}

// isBool reports whether PostgreSQL takes text for a boolean: the beginning of a
// word that means true or false.
func isBool(text string) bool {
	for _, word := range []string{"true", "false", "yes", "no", "on", "off"} {
		if text != "" && text != "o" && strings.HasPrefix(word, text) {
			return true
		}
	}
	return text == "1" || text == "0"
}

func lengthMismatch(text string, t *typ) (why, example string) {
	numbers := t.name.Numbers()
	if len(numbers) > 0 && utf8.RuneCountInString(strings.TrimRight(text, " ")) > numbers[0] {
		return fmt.Sprintf("It has %d characters.", utf8.RuneCountInString(text)), ""
	}
	return "", ""
}

func timeMismatch(text string) (why, example string) {
	if slices.Contains(specialTime, text) {
		return "", ""
	}
	if !strings.ContainsAny(text, "0123456789") {
		return "It is text that is no date or time.", "now()"
	}
	if day := isoDate().FindString(text); day != "" {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return "There is no such day.", ""
		}
	}
	return "", ""
}
