package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// markdown returns the page.
func markdown(results []result, version string, rows, rounds int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Triggers, measured\n\n![Chart of the ratios](triggers-benchmark.svg)\n\n"+
		"Made by `go run ./contrib/triggers/bench -rows %d -rounds %d` on PostgreSQL %s: a throw-away server on one machine, "+
		"without fsync, one client. The variants of a comparison take turns; each figure is the median. "+
		"Compare ratios, not times. What others do is written anew after their designs (`contrib/triggers/bench/peers.go`).\n", rows, rounds, version)
	for _, r := range results {
		fmt.Fprintf(&b, "\n## %s\n\n", r.title)
		if r.target > 0 {
			fmt.Fprintf(&b, "Goal: at most %g times.\n\n", r.target)
		}
		b.WriteString("| | time | ratio | |\n|---|---:|---:|---|\n")
		for _, l := range r.lines {
			fmt.Fprintf(&b, "| %s | %s ms | %s | %s |\n", l.name, number(l.took.Seconds()*1000), number(l.ratio), l.remark())
		}
	}
	return b.String()
}

// remark returns the note of a line and whether its goal is met.
func (l line) remark() string {
	if l.target == 0 {
		return l.note
	}
	goal := fmt.Sprintf("goal %g: %s", l.target, met(l.ratio <= l.target))
	if l.note == "" {
		return goal
	}
	return goal + "; " + l.note
}

func met(yes bool) string {
	if yes {
		return "met"
	}
	return "not met"
}

// number returns a number with three digits that count.
func number(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.3f", x)
}

// Measures of the chart, in pixels.
const (
	chartWidth = 860
	chartLeft  = 250
	lineHeight = 22
)

// chart returns the ratios as bars on a logarithmic scale.
func chart(results []result) string {
	most, y := 10.0, 20
	for _, r := range results {
		for _, l := range r.lines {
			most = math.Max(most, l.ratio)
		}
	}
	scale := float64(chartWidth-chartLeft-90) / math.Log10(most*2)
	var b strings.Builder
	for _, r := range results {
		y += 12
		fmt.Fprintf(&b, `<text x="10" y="%d" font-weight="bold">%s</text>`+"\n", y, html.EscapeString(r.title))
		y += 10
		for _, l := range r.lines {
			width, color := math.Log10(math.Max(l.ratio, 1)*2)*scale, "#b8b8b8"
			if l.ours {
				color = "#2f6f8f"
			}
			label := float64(chartLeft) + width
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text><rect x="%d" y="%d" width="%.0f" height="14" fill="%s"/>`+"\n",
				chartLeft-8, y+12, html.EscapeString(l.name), chartLeft, y, width, color)
			if l.target > 0 {
				goal := float64(chartLeft) + math.Log10(l.target*2)*scale
				label = math.Max(label, goal)
				fmt.Fprintf(&b, `<line x1="%.0f" y1="%d" x2="%.0f" y2="%d" stroke="#c0392b" stroke-width="2"/>`+"\n", goal, y-2, goal, y+16)
			}
			fmt.Fprintf(&b, `<text x="%.0f" y="%d">×%s</text>`+"\n", label+6, y+12, number(l.ratio))
			y += lineHeight
		}
		y += 10
	}
	y += 14
	fmt.Fprintf(&b, `<text x="10" y="%d" fill="#777">Multiples of no trigger, on a logarithmic scale; red: the goal</text>`+"\n", y-6)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#333">`+
		"\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n", chartWidth, y, chartWidth, y) + b.String() + "</svg>\n"
}
