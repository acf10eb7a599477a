// Command wasm is the browser's door to the calculators: a WebAssembly reactor
// for wasip1 that exports four functions over its linear memory.
//
//	input(n) ptr   a buffer of n bytes to write the request into; 0 if n is too much
//	run() ptr      runs the request and returns where the answer is
//	size() n       how many bytes the answer has
//	rest()         collects garbage; for when nobody waits for an answer
//
// A request is a line with a command and a calculator's id, and a payload:
//
//	words ID       the page's words, to be sent once before the rest: a line
//	               "key TAB word" for each, and "link.MODULE TAB address" for each
//	               module that a word links to; "scope TAB id" sets the prefix of
//	               the ids in the HTML. In keys and words \n, \t and \\ stand for
//	               a line's end, a tab and a backslash. "sheet TAB definition" is the
//	               worksheet itself where a site's author wrote it (sheet.Encode).
//	               The answer is empty.
//	compute ID     the form's own encoding. The answer is a line
//	               "fault TAB field TAB message" for each fault, then, if there is a
//	               result (unknown fields alone do not prevent one), an empty line
//	               and the report as HTML.
//	csv ID         the same, with the report as CSV.
//	values ID      the same, with a line "name TAB text" for each computed value.
//	charset ID     the bytes of a file. The answer names the encodings that its text
//	               may have, spaces between, the likeliest first; nothing where it is
//	               no text.
//
// What is not understood is answered with the line "error TAB message", which is
// for the developer: the page never sends such a request.
//
// The host calls _initialize once, then these functions, one request at a time. Of
// the WASI functions that the module imports the runtime needs clock_time_get,
// random_get, args_sizes_get (none), environ_sizes_get and environ_get (GOGC=off, or
// none where nobody waits for the collector), sched_yield, poll_oneoff
// (waiting may be over at once, but must not fail) and, to say why it gave up,
// fd_write. After a trap the instance is lost: start another.
//
// Build it with "go run ./calculators/wasm/pack", which also compresses it.
// Natively the command does nothing; its package is there to be tested.
package main

func main() {}
