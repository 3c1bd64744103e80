package hcl_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/state"
)

// blocks are the blocks of a project, each for a file of its own or not.
var blocks = []string{
	"enum \"size\" { values = [\"small\", \"large\"] }\n",
	"mixin \"dated\" {\n  field \"at\" { type = timestamptz }\n  index \"by_at\" { fields = [at] }\n}\n",
	"domain \"cents\" {\n  type  = integer\n  check = value > 0\n}\n",
	"model \"pizza\" {\n  include = [dated]\n  watch = true\n  field \"size\" { type = size }\n  field \"toppings\" { type = many_to_many(topping) }\n}\n",
	"model \"topping\" {\n  field \"price\" { type = cents }\n  field \"best\" {\n    type = foreign_key(pizza)\n    null = true\n  }\n  rule \"r\" {\n    query { filter = best.size == \"small\" }\n  }\n}\n",
	"model \"crumb\" {\n  schema = \"floor\"\n  field \"of\" { type = one_to_one(topping) }\n  field \"notes\" { type = hstore }\n  check \"c\" { that = of != null }\n}\n",
}

// TestOrderMeansNothing puts blocks into files in all sorts of ways; the state is
// the same to the byte.
func TestOrderMeansNothing(t *testing.T) {
	t.Parallel()
	want := ""
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 1))
		archive := &txtar.Archive{}
		for _, i := range random.Perm(len(blocks)) {
			name := fmt.Sprintf("models/%d/%d.hcl", random.IntN(2), random.IntN(3))
			put(archive, name, blocks[i])
		}
		_, declaration, problems := read(t, archive, guards(), types())
		require.Empty(t, problems)
		got := ""
		for o := range declaration.State.All() {
			got += fmt.Sprintf("%s %s %s %v %d %s\n", o.Address, o.Parent, o.Attrs, o.Refs, o.Rank, o.App)
			_, placed := declaration.Places[o.Address]
			require.True(t, placed, "%s has no place", o.Address)
		}
		if want == "" {
			want = got
		}
		require.Equal(t, want, got, "seed %d", seed)
		resolves(t, declaration.State)
	}
}

func put(archive *txtar.Archive, name, text string) {
	for i := range archive.Files {
		if archive.Files[i].Name == name {
			archive.Files[i].Data = append(archive.Files[i].Data, text...)
			return
		}
	}
	archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
}

// resolves makes sure that every reference and parent is in the state, and that
// attributes have the canonical form.
func resolves(t testing.TB, to *state.State) {
	for o := range to.All() {
		require.True(t, o.Parent.IsZero() || to.Has(o.Parent), "the parent of %s", o.Address)
		for _, ref := range o.Refs {
			require.True(t, to.Has(ref.Target), "%s refers to %s", o.Address, ref.Target)
		}
		written, err := state.Encode(o.Attrs)
		require.NoError(t, err)
		require.Equal(t, string(written), string(o.Attrs))
	}
}

// TestMutations reads projects with words taken out, doubled and exchanged: there
// is no panic, every mistake has a way out, and a state without errors is whole.
func TestMutations(t *testing.T) {
	t.Parallel()
	seeds, random := sources(t), rand.New(rand.NewPCG(7, 7))
	for range mutations() {
		words := strings.SplitAfter(seeds[random.IntN(len(seeds))], " ")
		for range 1 + random.IntN(3) {
			i, j := random.IntN(len(words)), random.IntN(len(words))
			switch random.IntN(4) {
			case 0:
				words[i] = ""
			case 1:
				words[i] += words[i]
			case 2:
				words[i], words[j] = words[j], words[i]
			case 3:
				other := strings.SplitAfter(seeds[random.IntN(len(seeds))], " ")
				words[i] = other[random.IntN(len(other))]
			}
		}
		whole(t, strings.Join(words, ""))
	}
}

// mutations is how many projects TestMutations makes.
func mutations() int {
	if n, err := strconv.Atoi(os.Getenv("MUTATIONS")); err == nil {
		return n
	}
	return 300
}

// sources returns the model files of testdata.
func sources(t testing.TB) []string {
	seeds := []string{strings.Join(blocks, "")}
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		for _, file := range archive.Files {
			if strings.HasPrefix(file.Name, "models/") {
				seeds = append(seeds, string(file.Data))
			}
		}
	}
	return seeds
}

func whole(t testing.TB, text string) {
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic: %v\n%s\n%s", r, debug.Stack(), text)
		}
	}()
	_, declaration, problems := read(t, &txtar.Archive{Files: []txtar.File{{Name: "models/a.hcl", Data: []byte(text)}}}, guards(), types())
	if !problems.HasErrors() {
		resolves(t, declaration.State)
	}
	for _, d := range problems {
		require.NotEmpty(t, d.Next, d.Error())
	}
}

// FuzzRead reads whatever comes: it never panics, and a state without errors is whole.
func FuzzRead(f *testing.F) {
	for _, text := range sources(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { whole(t, text) })
}

// FuzzProject reads whatever comes as a project file.
func FuzzProject(f *testing.F) {
	f.Add("app \"a\" {}\nplugin \"x\" {\n  config { a = [1, -2.5, b.c] }\n}\nenvironment \"e\" { url = env(\"X\") }\n")
	f.Fuzz(func(t *testing.T, text string) {
		read(t, &txtar.Archive{Files: []txtar.File{{Name: "whimbrel.hcl", Data: []byte(text)}}})
	})
}
