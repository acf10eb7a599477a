package form

import "strconv"

// Refer finds what a field means that names another row: the index of the label
// that is written like it, capitals and small letters being the same, else the
// row of that number, counted from 1 as the page counts. It is -1 where there is
// none. Of several rows of one label it is the first.
func Refer(labels []string, typed string) int {
	for i, s := range labels {
		if s != "" && Same(s, typed) {
			return i
		}
	}
	if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(labels) {
		return n - 1
	}
	return -1
}

// Same reports whether two texts read the same: A to Z and a to z are.
func Same(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if fold(a[i]) != fold(b[i]) {
			return false
		}
	}
	return true
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// Names takes a list of names apart, at commas and semicolons of both scripts;
// spaces belong to names.
func Names(value string) []string {
	var all []string
	name := ""
	for _, r := range value + "," {
		switch r {
		case ',', '，', '、', ';', '；':
			if name = line(name); name != "" {
				all = append(all, name)
			}
			name = ""
		default:
			name += string(r)
		}
	}
	return all
}
