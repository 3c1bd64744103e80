package pgtype

import (
	"fmt"
	"strconv"
)

// Arguments says what a type takes in parentheses. The zero Arguments are none.
type Arguments struct {
	Most      int    // how many
	Low, High int    // the bounds of the first one
	Name      string // of the first one: "length" or "precision"
	// Implied is the first one's value where the type stands without arguments
	// and that is not the type without a limit; 0: there is none.
	Implied int
}

// scaleLimit bounds the scale of a numeric on both sides.
const scaleLimit = 1000

// An ArgumentError says that a type does not take the arguments that it has.
// With, Numbers and Parse return it.
type ArgumentError struct {
	Type Type
	why  string
}

// Error says in words for the user what is wrong.
func (e *ArgumentError) Error() string { return e.why }

func (t Type) wrong(format string, args ...any) error {
	return &ArgumentError{Type: t, why: fmt.Sprintf(format, args...)}
}

// Numbers returns the arguments of a type as numbers, which they are for all of
// PostgreSQL's own. Its error is an *ArgumentError.
func (t Type) Numbers(args []string) ([]int, error) {
	numbers := make([]int, len(args))
	for i, arg := range args {
		n, err := strconv.Atoi(arg)
		if err != nil {
			return nil, t.wrong("the arguments of %s are whole numbers", t.name)
		}
		numbers[i] = n
	}
	return numbers, nil
}

// Example returns the type with arguments as it may stand in a model.
func (t Type) Example() string {
	switch t.arguments.Most {
	case 0:
		return t.name
	case 1:
		return fmt.Sprintf("%s(%d)", t.name, min(30, t.arguments.High))
	}
	return t.name + "(8, 2)"
}

// check says what is wrong with arguments.
func (t Type) check(args []int) error {
	allowed := t.arguments
	switch {
	case len(args) > allowed.Most:
		return t.tooMany()
	case len(args) > 0 && (args[0] < allowed.Low || args[0] > allowed.High):
		return t.wrong("the %s of %s is from %d to %d", allowed.Name, t.name, allowed.Low, allowed.High)
	case len(args) > 1 && (args[1] < -scaleLimit || args[1] > scaleLimit):
		return t.wrong("the scale of %s is from %d to %d", t.name, -scaleLimit, scaleLimit)
	}
	return nil
}

func (t Type) tooMany() error {
	switch t.arguments.Most {
	case 0:
		return t.wrong("%s takes no arguments", t.name)
	case 1:
		return t.wrong("%s takes one argument, its %s", t.name, t.arguments.Name)
	}
	return t.wrong("%s takes two arguments at most, precision and scale", t.name)
}
