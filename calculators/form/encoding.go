package form

// Parse splits an encoding into pairs as a browser submits a form: pairs joined
// by "&", name and value by the first "=", "+" for a space, and %XX for a byte.
// It takes anything: an escape that is none stands for itself, and an empty
// pair is skipped.
func Parse(encoded string) []Pair {
	var pairs []Pair
	for start := 0; start < len(encoded); {
		end := start
		for end < len(encoded) && encoded[end] != '&' {
			end++
		}
		if pair := encoded[start:end]; pair != "" {
			name, value := pair, ""
			for i := 0; i < len(pair); i++ {
				if pair[i] == '=' {
					name, value = pair[:i], pair[i+1:]
					break
				}
			}
			pairs = append(pairs, Pair{unescape(name), unescape(value)})
		}
		start = end + 1
	}
	return pairs
}

// Encode percent-encodes pairs as a browser submits a form.
func Encode(pairs []Pair) string {
	var b []byte
	for i, p := range pairs {
		if i > 0 {
			b = append(b, '&')
		}
		b = escape(b, p.Name)
		b = append(b, '=')
		b = escape(b, p.Value)
	}
	return string(b)
}

func unescape(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] == '+' || s[i] == '%' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			b = append(b, ' ')
		case c == '%' && i+2 < len(s) && hex(s[i+1]) >= 0 && hex(s[i+2]) >= 0:
			b = append(b, byte(hex(s[i+1])<<4|hex(s[i+2])))
			i += 2
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

func escape(b []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			b = append(b, '+')
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9',
			c == '*', c == '-', c == '.', c == '_':
			b = append(b, c)
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return b
}

// hex returns the value of a hexadecimal digit, or -1.
func hex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
