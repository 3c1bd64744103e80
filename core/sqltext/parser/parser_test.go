package parser_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// What the guard lets through has to be read: the stack of libpg_query, once
// exhausted, is so for good.
func TestDeepText(t *testing.T) {
	t.Parallel()
	repeated := func(before, middle, after string) func(int) string {
		return func(n int) string {
			return "select " + strings.Repeat(before, n) + middle + strings.Repeat(after, n)
		}
	}
	for name, made := range map[string]struct {
		text func(int) string
		most int // that is read
	}{
		"parentheses": {repeated("(", "1", ")"), 99},
		"calls":       {repeated("f(", "1", ")"), 99},
		"subqueries":  {repeated("(select ", "1", ")"), 99},
		"windows":     {repeated("f(*) over (order by ", "1", ")"), 68},
		"cases":       {repeated("case when a then 1 else ", "1", " end"), 99},
		"in from": {func(n int) string {
			return strings.Repeat("select 1 from (", n) + "select 2" + strings.Repeat(") x", n)
		}, 99},
		"sums":      {repeated("", "1", " + 1"), 220},
		"casts":     {repeated("", "1", "::int"), 220},
		"not":       {repeated("not ", "true", ""), 220},
		"zones":     {repeated("", "a", " at time zone 'x'"), 220},
		"signs":     {repeated("+-", "a", ""), 110},
		"operators": {repeated("", "1", " operator(pg_catalog.+) 1"), 216},
		"unions":    {repeated("", "1", " union select 1"), 220},
		"joins":     {func(n int) string { return "select 1 from a" + strings.Repeat(" join b on true", n) }, 220},
	} {
		_, err := shared.Query(made.text(made.most), nil)
		require.NoError(t, err, name)
		_, err = shared.Canonical(made.text(made.most))
		require.NoError(t, err, name)
		_, err = shared.Query(made.text(made.most+1), nil)
		require.ErrorContains(t, err, "nested too deeply", name)
		_, err = shared.Query(made.text(10_000), nil)
		require.ErrorContains(t, err, "nested too deeply", name)
	}
	for _, operator := range []string{" and ", " or ", ", "} {
		_, err := shared.Query("select true"+strings.Repeat(operator+"a = 1", 2_000), nil)
		require.NoError(t, err)
	}
}

func TestTextThatIsNotRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]parser.SyntaxError{
		"select 'a\x00'":                          {Offset: 9, Message: "a zero byte in SQL"},
		"select '\ufffd', '\xff'":                 {Offset: 15, Message: "SQL that is not UTF-8"},
		"select '" + strings.Repeat("a", 1<<20):   {Message: "SQL of more than 1048576 bytes"},
		"select 'ü', 'ü' from where":              {Offset: 23, Message: `syntax error at or near "where"`},
		"select 1 from a; select 1 from b order;": {Offset: 38, Message: `syntax error at or near ";"`},
	} {
		_, err := shared.Query(text, nil)
		var got *parser.SyntaxError
		require.True(t, errors.As(err, &got), err)
		require.Equal(t, want, *got)
	}
}

func TestStore(t *testing.T) {
	t.Parallel()
	s := &shelf{values: map[string][]byte{}}
	first, second := parser.New(s), parser.New(s)
	for _, p := range []*parser.Parser{first, second, second} {
		a, err := p.Query("select 1 as one", nil)
		require.NoError(t, err)
		require.Equal(t, []parser.Output{{Name: "one"}}, a.Columns)
		_, err = p.Query("select from from", nil)
		require.EqualError(t, err, `syntax error at or near "from"`)
	}
	require.Equal(t, 2, s.puts)
	require.Equal(t, 4, s.gets) // what is in memory is not asked for again
}

// A shelf is a store in memory.
type shelf struct {
	mu         sync.Mutex
	values     map[string][]byte
	gets, puts int
}

func (s *shelf) Get(key string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gets++
	value, ok := s.values[key]
	return value, ok
}

func (s *shelf) Put(key string, value []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.puts++
	s.values[key] = value
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"select  a::INT -- x\n from \"t\" where a != 1": "SELECT a::int FROM t WHERE a <> 1",
		"select 1; select 2":                            "SELECT 1; SELECT 2",
		"create table T (a integer)":                    "CREATE TABLE t (a int)",
	} {
		got, err := shared.Canonical(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	got, err := shared.CanonicalExpression("cast(a as text) -- x")
	require.NoError(t, err)
	require.Equal(t, "a::text", got)
	_, err = shared.CanonicalExpression("1, 2")
	require.EqualError(t, err, "want one expression")

	// What is too deep for the deparser is compared all the same.
	deep := func(one string) string {
		return "select " + strings.Repeat("f("+one+", ", 60) + "1" + strings.Repeat(")", 60)
	}
	first, err := shared.Canonical(deep("a::int"))
	require.NoError(t, err)
	second, err := shared.Canonical(deep("cast(A  as int)"))
	require.NoError(t, err)
	other, err := shared.Canonical(deep("b::int"))
	require.NoError(t, err)
	require.Equal(t, first, second)
	require.NotEqual(t, first, other)
}

// A long text takes no longer than its length asks for.
func TestLongText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"select 1 from a" + strings.Repeat(", a", 20_000),
		"select 1" + strings.Repeat(", 1", 20_000),
		"select a" + strings.Repeat(" or a = 1", 10_000) + " from a join b using (c)",
	} {
		_, err := shared.Query(text, nil)
		require.NoError(t, err)
	}
	body := "begin " + strings.Repeat("x := 1; ", 1_000) + "end"
	_, err := shared.PLpgSQL(body, parser.Routine{Args: []parser.Argument{{Name: "x"}}}, nil)
	require.NoError(t, err)
}
