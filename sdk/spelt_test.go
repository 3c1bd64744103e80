package sdk

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// What Go does not read in a tag is not passed over. The structs are made here, because
// go vet would refuse them in the source.
func TestTagsThatGoDoesNotRead(t *testing.T) {
	t.Parallel()
	for tag, says := range map[string]string{
		`whimbrel:"rate", default:"5"`:  `Rate: Go cannot read ", default:\"5\"" in the tag`,
		`whimbrel:"rate" default:5`:     `Rate: Go cannot read "default:5" in the tag`,
		`whimbrel:"rate" optional`:      `Rate: Go cannot read "optional" in the tag`,
		`whimbrel:"rate" default: "5"`:  `Rate: Go cannot read "default: \"5\"" in the tag`,
		"whimbrel:\"rate\" doc:`Rate.`": "Rate: Go cannot read \"doc:`Rate.`\" in the tag",
	} {
		made := reflect.StructOf([]reflect.StructField{{Name: "Rate", Type: reflect.TypeFor[int](), Tag: reflect.StructTag(tag)}})
		require.PanicsWithError(t, made.String()+"."+says+`: write NAME:"...", with a blank between one and the next`, func() { shapeOf(made) }, tag)
	}
}
