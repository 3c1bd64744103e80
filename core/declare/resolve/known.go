package resolve

// IsType reports whether a bare word names a type of PostgreSQL: "varchar",
// "double_precision".
func IsType(word string) bool { return modelTypes[word] != nil }

// IsPseudoType reports whether a bare word names a type that arguments and results
// of functions can have, and no column: "trigger".
func IsPseudoType(word string) bool { return pseudo(word) }
