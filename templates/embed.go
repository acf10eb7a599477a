// Package templates carries the theme inside the program: a site that brings
// no templates of its own is rendered with these files, and one that does
// replaces them file by file.
//
//	pages/    one html/template file for each kind of page, and the parts of its frame (_*.html)
//	blocks/   calculator, figure and so on; quiz/ has one file for each kind of question
//	assets/   css (bundled in the order of the names), js (classic scripts), the site's icon
//	card.png  the picture of a page that is shared
//	offline/  the worker that keeps the site for reading without a network
//	book/     the styles of the whole book on one page and as an EPUB
//	lms/      the frame of a SCORM package: its script and its style
//	i18n/     every word: the interface's in CODE.yaml, each calculator's in CODE/ID.yaml
//	starter/  the small site that "playbook init" writes
package templates

import "embed"

// FS holds the theme. "all:" takes the files whose names begin with "_" too.
//
//go:embed card.png all:pages all:blocks all:assets all:offline all:book all:lms all:i18n all:starter
var FS embed.FS
