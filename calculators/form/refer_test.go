package form

import (
	"slices"
	"strings"
	"testing"
)

func TestRefer(t *testing.T) {
	labels := []string{"Martin", "罗总", "", "3", "Paula Weiss"}
	for typed, want := range map[string]int{
		"Martin": 0, "martin": 0, "MARTIN": 0, "罗总": 1, "paula weiss": 4, "Paula": -1, "": -1,
		"1": 0, "5": 4, "3": 3, "0": -1, "6": -1, "-1": -1, "１": -1, "ß": -1,
	} {
		if got := Refer(labels, typed); got != want {
			t.Errorf("Refer(%q) = %d, want %d", typed, got, want)
		}
	}
	if got := Refer(nil, "1"); got != -1 {
		t.Error(got)
	}
}

func TestNames(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", ",": "", "Martin": "Martin", "Martin, Helen": "Martin|Helen", "罗总、苏总；高总，白总": "罗总|苏总|高总|白总",
		"Paula  Weiss ;Leo,": "Paula Weiss|Leo",
	} {
		if got := strings.Join(Names(typed), "|"); got != want {
			t.Errorf("Names(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestNamesKnown(t *testing.T) {
	known := []string{"", "Kim, Lee", "A, B, C", "B"}
	for typed, want := range map[string]string{
		"kim,  LEE": "kim, LEE", "x,Kim, Lee,y": "x|Kim, Lee|y", "A, B": "A|B", "A, B, C, D": "A, B, C|D", "Kim，Lee": "Kim|Lee", ", ,": "", "B": "B",
	} {
		if got := strings.Join(Names(typed, known...), "|"); got != want {
			t.Errorf("Names(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestOrder(t *testing.T) {
	for _, test := range []struct{ keys, want []int }{
		{nil, []int{}}, {[]int{5}, []int{0}}, {[]int{3, 1, 2}, []int{1, 2, 0}}, {[]int{2, 1, 2, 1}, []int{1, 3, 0, 2}}, {[]int{-1, -3, 0}, []int{1, 0, 2}},
	} {
		if got := Order(test.keys); !slices.Equal(got, test.want) {
			t.Errorf("Order(%v) = %v, want %v", test.keys, got, test.want)
		}
	}
}

func TestLines(t *testing.T) {
	got := Lines("@a - 2|b|")
	if len(got) != 3 || strings.Join(got[0], ",") != "@a,,2" || strings.Join(got[1], ",") != "b" || len(got[2]) != 0 {
		t.Errorf("%q", got)
	}
}

func TestHasMeasure(t *testing.T) {
	for s, want := range map[string]bool{
		"": false, "better": false, "15%": true, "提高１５％": true, "翻两倍": true, "提高满意度": false, "也一样": false, "up": false,
		"Roll out Windows 11": false, "ISO 9001 certified": true, "Become ISO 9001 certified": false, "Better service by 2027": false, "Better service in Q3": false,
		"Satisfaction up 15": true, "Hire 15 people": true, "15 new hires": true, "Save 2000 hours": true, "Done by 31 December": false, "Enter 3 markets": true,
		"Halve complaints by spring": true, "Double the output": true, "A third less scrap": true, "1.5 shifts": true, "EUR 20": true, "Cut to EUR 20": true, "半自动": false,
		"满意度提高三成": true, "投诉减半": true, "产量翻一番": true, "提高一成": true, "十分满意": false, "第三方认证": false, "2027年完成": false, "12月前上线": false,
		"交货缩短到3天": true, "招十五个人": true, "百分之十五": true, "节省五十万": true, "万无一失": false, "一半客户": true, "3年内进入新市场": true, "上线Windows 11": false,
	} {
		if HasMeasure(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
