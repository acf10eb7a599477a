package form

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
	n := 0
	for i := 0; i < len(typed); i++ {
		// Not strconv.Atoi, whose errors weigh 4 KB in WebAssembly.
		if n = n*10 + int(typed[i]) - '0'; typed[i] < '0' || typed[i] > '9' || n > len(labels) {
			return -1
		}
	}
	return n - 1
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

// Order gives the places of keys from the least to the greatest; equal ones stay
// in their order. Every instance of package slices' sorts weighs 1 KB in
// WebAssembly; rows are few.
//
//go:noinline
func Order(keys []int) []int {
	order := make([]int, len(keys))
	for i, key := range keys {
		j := i
		for ; j > 0 && keys[order[j-1]] > key; j-- {
			order[j] = order[j-1]
		}
		order[j] = i
	}
	return order
}
