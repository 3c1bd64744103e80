package detect

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// wrongPattern says what is wrong with a pattern.
func (a Attr) wrongPattern() string {
	switch {
	case a.Pattern == "":
		return ""
	case a.Names != "":
		return "names the object in the database, and has a pattern, which nothing looks at"
	case a.Type != TypeString && a.Type != TypeStrings:
		return fmt.Sprintf("has a pattern, which is for text, and is of type %s", a.Type)
	}
	if _, err := a.pattern(); err != nil {
		return fmt.Sprintf("has the pattern %q, which does not compile: %v", a.Pattern, err)
	}
	return ""
}

// pattern returns the pattern of a whole text.
func (a Attr) pattern() (*regexp.Regexp, error) { return regexp.Compile("^(?:" + a.Pattern + ")$") }

// wrongBounds says what is wrong with the bounds of a number.
func (a Attr) wrongBounds() string {
	switch {
	case a.Min == nil && a.Max == nil:
		return ""
	case a.Type != TypeInt:
		return fmt.Sprintf("has bounds, which are for whole numbers, and is of type %s", a.Type)
	case a.Min != nil && a.Max != nil && *a.Min > *a.Max:
		return fmt.Sprintf("is at least %d and at most %d, which no number is", *a.Min, *a.Max)
	}
	return ""
}

// wrongList says what is wrong with the values that an argument can have.
func (a Attr) wrongList() string {
	switch {
	case a.bare() && len(a.OneOf) == 0:
		return "is a keyword without values (the tag oneof)"
	case len(a.OneOf) > 0 && !a.bare() && a.Type != TypeStrings && a.Type != TypeRefs:
		return fmt.Sprintf("lists values, which is for keywords and lists of text, and is of type %s", a.Type)
	}
	for n, word := range a.OneOf {
		if slices.Index(a.OneOf, word) < n {
			return fmt.Sprintf("lists the value %q twice", word)
		}
		if a.bare() && !identifier().MatchString(word) {
			return fmt.Sprintf("lists the value %q, which cannot be written as a word", word)
		}
		if a.bare() && slices.Contains(constants, word) || a.Type == TypeKeywords && word == "false" {
			return fmt.Sprintf("lists the value %q, which the model language reads as no keyword", word)
		}
	}
	return ""
}

// bare reports whether the values of an argument are written as bare words.
func (a Attr) bare() bool { return a.Type == TypeKeyword || a.Type == TypeKeywords }

// constants are words that the model language reads as values of their own. The word
// false can be a keyword too: off, beside words that say in which way it is on.
var constants = []string{"true", "null"}

// wrongDefault says why a default could not be written.
func (a Attr) wrongDefault() string {
	if a.Default == "" {
		return ""
	}
	if a.refersOnly() {
		return fmt.Sprintf("has the default %s, and is of type %s: what is not written names nothing", a.Default, a.Type)
	}
	why := a.refusal(a.Default)
	if why == "" {
		return ""
	}
	return fmt.Sprintf("has the default %s, which is %s", a.Default, why)
}

// refersOnly reports whether an argument has no value but what it names, or what
// stands in it.
func (a Attr) refersOnly() bool {
	switch a.Type {
	case TypeField, TypeFields, TypeModel, TypeRef, TypeRefs, TypeBlock, TypeBlocks, TypeQuery:
		return true
	}
	return false
}

// wrongExample says why an example could not be written. Text stands between quotes
// in it, or as it is.
func (a Attr) wrongExample() string {
	if a.Example == "" {
		return ""
	}
	why := a.refusal(strings.Trim(a.Example, `"`))
	if why == "" {
		return ""
	}
	return fmt.Sprintf("has the example %s, which is %s", a.Example, why)
}

// refusal says what a value is that an argument cannot have. That of a list or an
// expression is for the documentation and can be anything.
func (a Attr) refusal(text string) string {
	switch a.Type {
	case TypeKeyword:
		if !slices.Contains(a.OneOf, text) {
			return "none of " + joined(a.OneOf)
		}
	case TypeBool:
		if text != "true" && text != "false" {
			return "neither true nor false"
		}
	case TypeInt:
		return a.integerRefusal(text)
	case TypeDecimal:
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return "no number"
		}
	case TypeString:
		if pattern, err := a.pattern(); err == nil && a.Pattern != "" && !pattern.MatchString(text) {
			return "not of the form " + a.Pattern
		}
	}
	return ""
}

func (a Attr) integerRefusal(text string) string {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return "no whole number"
	case a.Min != nil && n < *a.Min:
		return fmt.Sprintf("less than %d", *a.Min)
	case a.Max != nil && n > *a.Max:
		return fmt.Sprintf("more than %d", *a.Max)
	}
	return ""
}
