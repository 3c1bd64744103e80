package output

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

const steering = "a\x1b[31mb\u202ec\x9b\u009bd\re\x07\tf\U000e0001"

// Whatever is printed, and by which way, nothing in it steers a terminal but colours
// that are ours.
func TestNothingSteers(t *testing.T) {
	t.Parallel()
	for _, color := range []bool{false, true} {
		var out bytes.Buffer
		p := &Printer{Writer: &out, Color: color}
		p.Line("%s %s", p.Red(steering), steering)
		p.Text(steering)
		p.Table("  ", [][]string{{steering + "\nforged", p.Bold(steering)}})
		text := out.String()
		require.Equal(t, color, bytes.Contains(out.Bytes(), []byte("\x1b[1;31ma\\u001b[31mb\\u202ec\ufffd\\u009bd\\u000de\\u0007")))
		require.NotContains(t, text, "\x1b[31m")
		require.NotContains(t, text, "\u202e")
		require.NotContains(t, text, "\r")
		require.NotContains(t, text, "\nforged")
		require.NotContains(t, text, "ufdd0")
	}
}

// JSON has the same values.
func TestPlainJSON(t *testing.T) {
	t.Parallel()
	text, err := encode(map[string]string{"a": "b\u202e\u009b\x7f\U000e0001\n\té"}, "")
	require.NoError(t, err)
	require.Equal(t, "{\n  \"a\": \"b\\u202e\\u009b\\u007f\\udb40\\udc01\\n\\té\"\n}", string(text))
	var back map[string]string
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, "b\u202e\u009b\x7f\U000e0001\n\té", back["a"])
}
