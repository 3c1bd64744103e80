package pgtype

// With returns the name of the type with arguments: "numeric(8,0)" for numeric and 8,
// "char(1)" for char alone, "real" for float and 10. Two ways to write one type have
// the same name. Its error is an *ArgumentError.
func (t Type) With(args []int) (Name, error) {
	if err := t.check(args); err != nil {
		return Name{}, err
	}
	switch {
	case t.name == "float":
		return nameOf(floatOf(args)), nil
	case t.base == "numeric" && len(args) == 1:
		return nameOf(t, args[0], 0), nil
	case t.arguments.Implied > 0 && len(args) == 0:
		return nameOf(t, t.arguments.Implied), nil
	case t.name != t.base && len(args) > 0:
		return nameOf(types.named[t.base], args...), nil
	}
	return nameOf(t, args...), nil
}

// floatOf returns the type that a float is: PostgreSQL goes by its precision.
func floatOf(args []int) Type {
	if len(args) > 0 && args[0] <= realPrecision {
		return types.named["real"]
	}
	return types.named["double_precision"]
}

// realPrecision is how many binary digits fit into a real.
const realPrecision = 24
