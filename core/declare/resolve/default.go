package resolve

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// defaultOf reads a default and checks it against the type. It returns nil for
// none, and after reporting that the default cannot be one.
func (l *loader) defaultOf(f *declare.Document, a *app, attr *declare.Attr, t *typ, what string, notNull bool, u *uses) *expression.Node {
	s := &scope{l: l, file: f, app: a, what: "the default of " + what, noFields: "A default cannot name fields.", uses: u}
	n, ok := s.translate(attr.Value)
	if !ok {
		return nil
	}
	at := declare.Place{Document: f, Span: attr.Value.Span}
	if n.Kind == expression.Null {
		if notNull {
			l.report(at, codeDefault, fmt.Sprintf("the default of %s is null, but it cannot be null", what), "", "take the default out, or write null = true")
		}
		return nil
	}
	l.checkDefault(at, n, t, what)
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
		l.report(at, codeDefault, fmt.Sprintf("the default of %s is no value of type %s", what, t), problem, next)
	}
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
		if t.builtin != nil && t.builtin.category == jsonValue {
			return "A list is the value of an array; JSON is written as text.", `"[]"`
		}
		return "A list is the value of an array.", ""
	case t.valued() != nil && (n.Kind == expression.Number || n.Kind == expression.Bool):
		return "The values of an enum are text.", ""
	case t.builtin == nil:
		return "", ""
	}
	switch n.Kind {
	case expression.Number:
		return numberMismatch(n.Text, t)
	case expression.Bool:
		if c := t.builtin.category; c != boolValue && c != textValue {
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
	if _, err := strconv.ParseInt(text, 10, 16); err == nil && t.builtin.category == integerValue {
		return "", "" // fits every integer
	}
	value, ok := new(big.Rat).SetString(text)
	if !ok || len(text) > 1000 {
		return "", ""
	}
	switch t.builtin.category {
	case boolValue:
		return "It is a number.", map[bool]string{true: "false", false: "true"}[value.Sign() == 0]
	case integerValue:
		return integerMismatch(value, t.builtin)
	case numericValue:
		return numericMismatch(value, t)
	case floatValue, textValue:
		return "", ""
	case otherValue:
		if t.builtin.sql == "money" || t.builtin.sql == "oid" {
			return "", ""
		}
	}
	return "It is a number.", ""
}

func integerMismatch(value *big.Rat, b *builtin) (why, example string) {
	if !value.IsInt() {
		return "It is not a whole number.", ""
	}
	limit := new(big.Int).Lsh(big.NewInt(1), uint(b.bits-1))
	low, high := new(big.Int).Neg(limit), new(big.Int).Sub(limit, big.NewInt(1))
	if value.Num().Cmp(low) < 0 || value.Num().Cmp(high) > 0 {
		return fmt.Sprintf("A %s is from %s to %s.", b.sql, low, high), ""
	}
	return "", ""
}

func numericMismatch(value *big.Rat, t *typ) (why, example string) {
	if len(t.args) == 0 {
		return "", ""
	}
	scale := 0
	if len(t.args) > 1 {
		scale = t.args[1]
	}
	whole := t.args[0] - scale
	limit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(0, whole))), nil))
	if new(big.Rat).Abs(value).Cmp(limit) >= 0 {
		return fmt.Sprintf("%s has at most %d digits before the point.", t.SQL, max(0, whole)), ""
	}
	return "", ""
}

var (
	uuidText    = regexp.MustCompile(`^\{?[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7}\}?$`)
	isoDate     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)
	specialTime = []string{"now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "+infinity", "allballs"}
)

// textMismatch checks what stands in a string, as PostgreSQL reads it.
func textMismatch(text string, t *typ) (why, example string) {
	trimmed := strings.ToLower(strings.TrimSpace(text))
	switch t.builtin.category {
	case boolValue:
		if !isBool(trimmed) {
			return "A boolean is true or false.", "false"
		}
	case integerValue:
		value, ok := new(big.Rat).SetString(trimmed)
		if len(trimmed) > 100 || !ok || strings.ContainsAny(trimmed, "./eExX_") {
			return fmt.Sprintf("It is text, and a %s is a whole number.", t.builtin.sql), "0"
		}
		return integerMismatch(value, t.builtin)
	case numericValue, floatValue:
		if _, ok := new(big.Rat).SetString(trimmed); !ok && len(trimmed) < 100 && !slices.Contains([]string{"nan", "infinity", "-infinity", "+infinity", "inf", "-inf", "+inf"}, trimmed) {
			return "It is text that is no number.", "0"
		}
	case textValue:
		return lengthMismatch(text, t)
	case uuidValue:
		if !uuidText.MatchString(trimmed) {
			return "A uuid has 32 hexadecimal digits.", "gen_random_uuid()"
		}
	case dateValue, timestampValue, timeValue:
		return timeMismatch(trimmed)
	case jsonValue:
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
	limit := 0
	switch {
	case len(t.args) > 0:
		limit = t.args[0]
	case t.builtin.sql == "char":
		limit = 1
	}
	if limit > 0 && utf8.RuneCountInString(strings.TrimRight(text, " ")) > limit {
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
	if day := isoDate.FindString(text); day != "" {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return "There is no such day.", ""
		}
	}
	return "", ""
}
