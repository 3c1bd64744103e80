package sql

// CodeNoWord is the code of what the model language has no word for.
const CodeNoWord = codeNoWord
