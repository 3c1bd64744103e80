package detect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// People know the word of a block, and not the plugin that it is of.
func TestCalled(t *testing.T) {
	t.Parallel()
	require.Equal(t, "publication shop.books", detect.Called(address.New("streams.publication", "shop", "books")))
	require.Equal(t, "field shop.book.price", detect.Called(address.New("field", "shop", "book", "price")))
	require.Equal(t, "plugin", detect.Noun("plugin"))
}
