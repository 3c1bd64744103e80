package sqltext

// A Kind says what a token is.
type Kind int

// The kinds of tokens. A symbol is one character of an operator or of
// punctuation, or two dots; other operators of several characters are several
// symbols.
const (
	Word           Kind = iota // a name without quotes or a keyword
	Number                     // 1, 1.5e-3, 0xFF
	Symbol                     // ( . , + and so on
	Parameter                  // $1
	Space                      // blanks and line breaks
	Semicolon                  // ;
	LineComment                // --, without its line break
	BlockComment               // /* */; they nest
	QuotedName                 // "name"
	UnicodeName                // U&"name"
	PlainString                // 'text'
	EscapeString               // E'text', and the 'text' with which it goes on
	PrefixedString             // U&'text', B'0', X'0', N'text'
	DollarString               // $tag$text$tag$
)

// Blank reports whether tokens of the kind mean nothing: blanks and comments.
func (k Kind) Blank() bool { return k == Space || k == LineComment || k == BlockComment }

// Quoted reports whether tokens of the kind have quotes: strings and names.
func (k Kind) Quoted() bool { return k >= QuotedName }

// Bare reports whether tokens of the kind are words, numbers or symbols.
func (k Kind) Bare() bool { return k <= Parameter }
