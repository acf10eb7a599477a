// Package chart draws: data in, SVG out. It is the one place of the project
// that draws, for figures that authors write in Markdown and for the reports of
// the calculators, natively and in the browser.
//
// Start with SVG, which takes any Chart; every kind of chart is a struct of
// this package with exported fields, one file each. The package knows no
// language: every word in a picture comes in as a string.
//
// All geometry is integer, in tenths of a user unit, so that the same picture
// has the same bytes on every platform. A picture is 360 units wide and as high
// as its content asks for; a unit is about a CSS pixel on a phone.
package chart

// Chart is a picture of data that can also be told as a table.
type Chart interface {
	// draw draws the picture with the pen and returns its height in tenths of
	// a unit.
	draw(p *pen) int
	// name is the kind's name, as in the class "fig-name".
	name() string
	// Table is the same content as rows of text: the equivalent for readers who
	// do not see the picture.
	Table() Table
}

// Table is the equivalent of a chart. Head may be empty: then the table has no
// header row and the first cell of each row is the row's header.
type Table struct {
	Head []string
	Rows [][]string
}
