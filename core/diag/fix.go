package diag

// A Fix is an edit of the models that a diagnostic suggests. It is made by nobody but
// who asks for it.
type Fix struct {
	// Object is the address of what is edited, as it is declared. Empty: that of the
	// diagnostic.
	Object string `json:"object,omitempty"`
	// Argument is the argument that gets Text as its value, in the model language. Empty:
	// Text is written at the end of the block.
	Argument string `json:"argument,omitempty"`
	Text     string `json:"text"`
}
