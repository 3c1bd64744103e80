package resolve

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// No plugin can call an option by a word of the model language.
func TestReservedWords(t *testing.T) {
	t.Parallel()
	for at, grammar := range map[detect.Place]grammar{detect.OnModel: modelGrammar, detect.OnField: fieldGrammar} {
		want := append(slices.Clone(grammar.attrs), grammar.blocks...)
		require.ElementsMatch(t, want, detect.Reserved(at), at)
	}
	for _, word := range slices.Concat(projectGrammar.attrs, projectGrammar.blocks) {
		require.Contains(t, detect.Reserved(detect.OnProject), word)
	}
}
