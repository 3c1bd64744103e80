package detecttest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestArchive(t *testing.T) {
	t.Parallel()
	text := "about\nrename a=b\n-- from --\nmodel \"a\" {}\n-- want --\n-- not a marker\n"
	a := parse([]byte(text))
	assert.Equal(t, text, string(a.format()))
	assert.Equal(t, "-- not a marker\n", string(a.section("want")))
	a.set("want", []byte("x\n"))
	assert.Equal(t, "x\n", string(a.section("want")))
	assert.Empty(t, a.section("to"))
}

func TestNewCase(t *testing.T) {
	t.Parallel()
	c, err := newCase(parse([]byte("rename a=b\ndefault a.n=7\n-- from/kitchen.hcl --\n-- to --\n")), nil)
	assert.NoError(t, err)
	assert.Equal(t, "a", c.answers.Renames[0].Old)
	assert.Equal(t, "7", c.answers.Defaults[0].Value.Text)
	_, err = newCase(parse([]byte("-- form --\n")), nil)
	assert.ErrorContains(t, err, `unknown section "form"`)
}
