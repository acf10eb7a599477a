package form

// HasMeasure reports whether a text says how much: a number or a word for one
// ("halve", 三成). A number that belongs to a name ("Windows 11", "Q3"), a year
// ("by 2027", 2027年) and a day of a month say nothing of the kind, nor does a
// Chinese numeral without anything that it counts (十分, 第三方).
func HasMeasure(s string) bool {
	runes := []rune(s)
	for i := range runes {
		runes[i] = plain(runes[i])
	}
	for i, r := range runes {
		switch {
		case isDigit(r):
			if (i == 0 || !isDigit(runes[i-1]) && runes[i-1] != '.' && runes[i-1] != ',') && counts(runes, i) {
				return true
			}
		case isLetter(r) && (i == 0 || !isLetter(runes[i-1])):
			if w := word(runes[i:]); within(w, "half|halve|halves|halved|double|doubles|doubled|triple|triples|tripled|twice|third|quarter|fifth|tenth|zero|dozen") {
				return true
			}
		case r == '倍':
			return true
		case r == '半':
			if i > 0 && has("一减过打对", runes[i-1]) || i+1 < len(runes) && has("数年天价", runes[i+1]) {
				return true
			}
		case numeral(r):
			if i > 0 && (runes[i-1] == '第' || numeral(runes[i-1])) {
				continue
			}
			end := i
			for end < len(runes) && numeral(runes[end]) {
				end++
			}
			run, next := string(runes[i:end]), ' '
			if end < len(runes) {
				next = runes[end]
			}
			if run == "一" && has("成番", next) || run == "十" && next == '分' && end+1 < len(runes) && runes[end+1] == '之' ||
				run != "一" && !(run == "十" && next == '分') && has("成番个人天周次分家元台件套种项单小折名位条吨%", next) || len(run) > 3 && has(run, '万') {
				return true
			}
		}
	}
	return false
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || isCapital(r) }

func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

func numeral(r rune) bool { return has("一二三四五六七八九十百千万亿两", r) }

func has(s string, r rune) bool {
	for _, c := range s {
		if c == r {
			return true
		}
	}
	return false
}

// word is the Latin word that a text begins with, in small letters.
func word(runes []rune) string {
	var b []byte
	for _, r := range runes {
		if !isLetter(r) {
			break
		}
		b = append(b, fold(byte(r)))
	}
	return string(b)
}

// within reports whether a word is one of several, separated by "|".
func within(w, several string) bool {
	start := 0
	for i := 0; i <= len(several); i++ {
		if i == len(several) || several[i] == '|' {
			if several[start:i] == w {
				return true
			}
			start = i + 1
		}
	}
	return false
}

// counts reports whether the number at i says how much.
func counts(runes []rune, i int) bool {
	end := i
	for end < len(runes) && (isDigit(runes[end]) || runes[end] == '.' || runes[end] == ',') {
		end++
	}
	after := end
	for after < len(runes) && runes[after] == ' ' {
		after++
	}
	year := end-i == 4 && (runes[i] == '1' && runes[i+1] == '9' || runes[i] == '2' && runes[i+1] <= '1')
	if end < len(runes) && has("年月日号", runes[end]) && (year || runes[end] != '年') {
		return false
	}
	if w := word(runes[after:]); len(w) > 2 && within(w[:3], "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec") && !within(w, "market|markets|margin|mark|marks|decision|decisions") {
		return false
	}
	if i > 0 && isLetter(runes[i-1]) {
		return false // Q3
	}
	// The word before: a name, or what a year follows.
	before := i
	for before > 0 && runes[before-1] == ' ' {
		before--
	}
	start := before
	for start > 0 && isLetter(runes[start-1]) {
		start--
	}
	w := word(runes[start:before])
	if year && (within(w, "by|in|until|till|before|after|since|of|for|from|end") || after == len(runes) && w != "") {
		return false
	}
	return !(before < i && w != "" && isCapital(runes[start]) && start > 0) || within(w, "eur|usd|cny|rmb|gbp|chf|jpy|hkd|twd|sgd")
}
