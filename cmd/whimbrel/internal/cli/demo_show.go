package cli

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// heading begins a step.
func (d *demo) heading(title, why string) {
	d.steps++
	d.out.Line("\n%s\n   %s\n", d.out.Bold(fmt.Sprintf("%d  %s", d.steps, title)), why)
}

// indented prints text as a part of a step.
func (d *demo) indented(text string) {
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		d.out.Line("%s", strings.TrimRight("     "+line, " \n"))
	}
}

// whimbrel runs a command of whimbrel, as one would type it, and shows what it says.
func (d *demo) whimbrel(ctx context.Context, code int, args ...string) error {
	d.indented(d.out.Yellow("$ whimbrel " + strings.Join(args, " ")))
	var said bytes.Buffer
	app := App{Process: d.Process}
	app.In, app.Out, app.Err = strings.NewReader(""), &said, &said
	app.InTerminal, app.OutTerminal, app.ErrTerminal = false, d.out.Color, false
	app.Getenv = d.environment
	got := app.Run(ctx, append([]string{"-C", d.dir}, args...)...)
	d.indented(said.String())
	if got != code {
		return fmt.Errorf("whimbrel %s ended with exit code %d, not %d", strings.Join(args, " "), got, code)
	}
	if code != output.ExitDone {
		d.indented(d.out.Dim(fmt.Sprintf("(exit code %d)", code)))
	}
	return nil
}

// environment is that of the process with the demo's database.
func (d *demo) environment(name string) (string, bool) {
	if name == "WHIMBREL_URL" {
		return d.url, true
	}
	return d.Getenv(name)
}

// accepted runs SQL that has to work.
func (d *demo) accepted(ctx context.Context, sql string) error {
	if _, err := d.db.Query(ctx, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	d.indented(sql + ";\n  " + d.out.Green("ok"))
	return nil
}

// refused runs SQL that has to be refused with a message.
func (d *demo) refused(ctx context.Context, sql, message string) error {
	_, err := d.db.Query(ctx, sql)
	if err == nil {
		return fmt.Errorf("%s: this was accepted", sql)
	}
	if !strings.HasPrefix(err.Error(), message) {
		return fmt.Errorf("%s: %w", sql, err)
	}
	d.indented(sql + ";\n  " + d.out.Red("refused: ") + err.Error())
	return nil
}

// show prints the rows of a query as a table.
func (d *demo) show(ctx context.Context, sql string) error {
	rows, err := d.db.Query(ctx, sql)
	if err != nil {
		return err
	}
	rule := make([]string, len(rows.Columns))
	for i, column := range rows.Columns {
		rule[i] = strings.Repeat("-", len(column))
	}
	d.out.Table("     ", append([][]string{rows.Columns, rule}, rows.Values...))
	return nil
}
