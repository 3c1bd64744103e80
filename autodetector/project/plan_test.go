package project_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Apps that refer to each other get migrations that build on one another, and the
// state that each one names is the one that it replays to.
func TestMigrationsOfSeveralApps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "whimbrel.hcl", `
app "shop" {
  models     = "shop"
  migrations = "db/shop"
}
app "kitchen" {
  models     = "kitchen"
  migrations = "db/kitchen"
}`)
	write(t, dir, "kitchen/dish.hcl", "model \"dish\" {\n  field \"name\" { type = text }\n}\n")
	write(t, dir, "shop/order.hcl", "model \"order\" {\n  field \"dish\" { type = foreign_key(kitchen.dish) }\n}\n")
	p := opened(t, dir, inProcess())
	plan := made(t, p, project.PlanOptions{})
	require.Len(t, plan.Migrations, 2)
	dish, order := plan.Migrations[0], plan.Migrations[1]
	require.Equal(t, "20261122110000_initial", dish.ID)
	require.Empty(t, dish.Parents)
	require.Equal(t, "db/kitchen/20261122110000_initial.sql", plan.File(dish))
	require.Equal(t, "20261122110001_initial", order.ID)
	require.Equal(t, []string{dish.ID}, order.Parents)

	write(t, dir, "shop/order.hcl", "model \"order\" {\n  field \"dish\" { type = foreign_key(kitchen.dish) }\n  field \"paid\" {\n    type = boolean\n    default = false\n  }\n}\n")
	plan = made(t, p, project.PlanOptions{Name: "Paid, or not?"})
	require.Len(t, plan.Migrations, 1)
	require.Equal(t, "20261122110002_paid_or_not", plan.Migrations[0].ID)
	require.Equal(t, []string{order.ID}, plan.Migrations[0].Parents)
	inventory, err := p.Validate(t.Context())
	require.NoError(t, err, "the hashes are those of the states")
	require.Equal(t, project.Inventory{Apps: 2, Models: 2, Migrations: 3}, inventory)
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	p := opened(t, dir, inProcess())
	made(t, p, project.PlanOptions{})
	write(t, dir, "models/shop.hcl", "model \"book\" {\n  field \"name\" { type = text }\n  field \"stars\" { type = integer }\n}\n")
	for _, c := range []struct {
		answers        project.Answers
		code, argument string
	}{
		{project.Answers{}, "WH2001", ""},
		{project.Answers{Renames: []string{"book.title"}}, "", "--rename book.title: want OLD=NEW, or OLD= if it is dropped"},
		{project.Answers{Renames: []string{"=name"}}, "", "--rename =name: want OLD=NEW, or OLD= if it is dropped"},
		{project.Answers{Defaults: []string{"book.stars="}}, "", "--default book.stars=: want FIELD=VALUE"},
		{project.Answers{Renames: []string{"book.title=name"}, Defaults: []string{"shop.book.stars=\"three\""}}, "WH1210", ""},
		{project.Answers{Renames: []string{"book.title=name"}}, "WH2003", ""},
	} {
		_, err := p.Plan(t.Context(), project.PlanOptions{Answers: c.answers})
		if c.argument != "" {
			requireArgument(t, c.argument, err)
			continue
		}
		requireCode(t, c.code, err)
	}
	plan := made(t, p, project.PlanOptions{Answers: project.Answers{Renames: []string{"book.title=name"}, Defaults: []string{"book.stars=3"}}})
	require.Len(t, plan.Migrations, 1)
}

// A yes is a person who says that everything is renamed.
type yes struct{ asked []string }

func (y *yes) Rename(_ context.Context, old address.Address, candidates []address.Address) (address.Address, error) {
	y.asked = append(y.asked, old.String())
	return candidates[0], nil
}

func (y *yes) Answer(context.Context, detect.Question) (expression.Node, error) {
	return expression.Node{}, nil
}

func TestQuestioner(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	p := opened(t, dir, inProcess())
	made(t, p, project.PlanOptions{})
	write(t, dir, "models/shop.hcl", "model \"book\" {\n  field \"name\" { type = text }\n}\n")
	person := &yes{}
	plan := made(t, p, project.PlanOptions{Questioner: func(wanted *state.State) autodetector.Questioner {
		require.True(t, wanted.Has(address.New("model", "shop", "book").Child("field", "name")))
		return person
	}})
	require.Equal(t, []string{"field shop.book.title"}, person.asked)
	require.Equal(t, "rename", plan.Migrations[0].Operations[0].Kind)
}

func TestWriteAfterCancel(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	plan, err := opened(t, dir, inProcess()).Plan(t.Context(), project.PlanOptions{})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = plan.Write(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.NoDirExists(t, dir+"/migrations")
}

// What a plugin made that is part of the program, but not enabled any more, is
// dropped by it; another one's stays, with a warning.
func TestRetiredPlugin(t *testing.T) {
	t.Parallel()
	dir := written(t, shop+"plugin \"triggers\" {}\n", "model \"book\" {\n  audit_trigger = true\n  field \"title\" { type = text }\n}\n")
	made(t, opened(t, dir, inProcess(triggers.New())), project.PlanOptions{})
	write(t, dir, "whimbrel.hcl", shop)
	write(t, dir, "models/shop.hcl", book)

	plan, err := opened(t, dir, inProcess(triggers.New())).Plan(t.Context(), project.PlanOptions{})
	require.NoError(t, err)
	require.Len(t, plan.Migrations, 1)
	require.Equal(t, "triggers.drop_audit_trigger", plan.Migrations[0].Operations[0].Kind)
	require.Equal(t, triggers.New().Manifest().Version, plan.Migrations[0].Detectors["triggers"])

	stranger := opened(t, dir, inProcess())
	plan, err = stranger.Plan(t.Context(), project.PlanOptions{})
	require.NoError(t, err)
	require.Empty(t, plan.Migrations)

	options := inProcess()
	options.Retire = "triggers"
	given := opened(t, dir, options)
	plan, err = given.Plan(t.Context(), project.PlanOptions{})
	require.NoError(t, err)
	require.Equal(t, "history.drop_audit_trigger", plan.Migrations[0].Operations[0].Kind)
}
