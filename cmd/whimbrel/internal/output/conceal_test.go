package output

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestConceal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"at postgres://u:SECRET@h:5432/db, twice: http://a:b@c/":  "at postgres://***@h:5432/db, twice: http://***@c/",
		"postgres://u:SE@CRET@h/db":                               "postgres://***@h/db",
		"postgres://ann@h:5432/db?x=a@b":                          "postgres://ann@h:5432/db?x=a@b",
		"postgres://h/db?sslPassword=SECRET&a=b;password=SECRET":  "postgres://h/db?sslPassword=***&a=b;password=***",
		`host=h password = 'it\'s SECRET' dbname=x`:               "host=h password = *** dbname=x",
		`user=u password=a\ SECRET`:                               "user=u password=***",
		`that = password == "x"`:                                  `that = password == "x"`,
		"write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE": "write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE",
		"passed: 3": "passed: 3",
	} {
		require.Equal(t, want, conceal(text))
	}
}
