package corpus

import (
	"strings"
	"unicode/utf8"
)

type language struct {
	code          string
	home, section string
	colon         string
	see           string // a sentence with a link: what, where
	names         []string
	verbs         []string
	nouns         []string
	clauses       []string
	heading       func(w *writer) string
	sentence      func(w *writer) string
	words         func(s string) int
	emphasise     func(s string) string
}

var tagNames = []string{"calls", "closing", "needs", "people", "planning", "pricing", "questions", "value", "renewal", "service", "tenders", "visits"}

var languages = map[string]*language{"en": english, "zh": chinese}

var english = &language{
	code: "en",
	home: "A large playbook", section: "Section", colon: ":",
	see:     "See [the page on the %s](%s) before you go on.\n\n",
	names:   strings.Fields("Anna Tom Mara Jonas Priya Leon Ines Oskar Ruth Felix Greta Milo Vera Hugo Nadia Emil"),
	verbs:   strings.Split("asks about,writes down,checks,compares,leaves out,explains,measures,questions,defends,plans,reviews,repeats,prices,promises,tests,shortens", ","),
	nouns:   strings.Split("budget,deadline,decision,delivery date,discount,first visit,follow-up,meeting note,offer,pilot,price list,proof,reference,renewal,repair time,risk,service contract,specification,training plan,trial order,unit cost,warranty,work sheet,year plan", ","),
	clauses: strings.Split("before the board meets,while the buyer is still listening,because nobody else has the figures,although the price stays the same,when the second supplier drops out,as soon as the trial is over,unless the plant manager objects,so that the next step has a date,after two weeks without an answer,in words that the customer used,with one number that can be checked,without a word about the competitor", ","),
	heading: func(w *writer) string {
		n := w.pick(w.lang.nouns)
		return strings.ToUpper(n[:1]) + n[1:] + " and " + w.pick(w.lang.nouns)
	},
	sentence: func(w *writer) string {
		s := w.pick(w.lang.names) + " " + w.pick(w.lang.verbs) + " the " + w.pick(w.lang.nouns) + " " + w.pick(w.lang.clauses)
		switch w.IntN(4) {
		case 0:
			s += ", and " + w.pick(w.lang.names) + " " + w.pick(w.lang.verbs) + " the " + w.pick(w.lang.nouns)
		case 1:
			s = "In the end " + s + ", " + w.pick(w.lang.clauses)
		}
		return s + ". "
	},
	words:     func(s string) int { return strings.Count(s, " ") },
	emphasise: func(s string) string { return "**" + strings.TrimSuffix(s, " ") + "** " },
}

var chinese = &language{
	code: "zh",
	home: "大型销售手册", section: "第几部分", colon: "：",
	see:     "请先看[关于%s的那一页](%s)，再往下读。\n\n",
	names:   strings.Fields("小周 小林 小郑 小何 吴经理 陈经理 小孟 赵经理 小唐 小蒋 沈经理 小顾 罗经理 小秦 小姚 方经理"),
	verbs:   strings.Fields("先问清楚 写下 核对 比较 没有提到 解释 估算 质疑 坚持 安排 回顾 重复了 报出 答应 试用 缩短"),
	nouns:   strings.Fields("预算 截止日期 采购决定 交货日期 折扣 第一次拜访 后续跟进 会议记录 报价 试点项目 价目表 证据 参考客户 续约 维修时间 风险 服务合同 技术规格 培训计划 试订单 单位成本 保修条款 工作表 年度计划"),
	clauses: strings.Split("在董事会开会之前|趁客户还愿意听|因为别人手里没有这些数字|尽管价格没有变|等第二家供应商退出以后|试用期一结束|除非厂长反对|好让下一步有个日期|两个星期没有回音之后|用客户自己说过的话|拿出一个可以核对的数字|一句也不提竞争对手", "|"),
	heading: func(w *writer) string {
		return w.pick(w.lang.nouns) + "与" + w.pick(w.lang.nouns)
	},
	sentence: func(w *writer) string {
		s := w.pick(w.lang.clauses) + "，" + w.pick(w.lang.names) + w.pick(w.lang.verbs) + w.pick(w.lang.nouns)
		switch w.IntN(4) {
		case 0:
			s += "，" + w.pick(w.lang.names) + "也" + w.pick(w.lang.verbs) + w.pick(w.lang.nouns)
		case 1:
			s += "，" + w.pick(w.lang.clauses)
		}
		return s + "。"
	},
	words:     func(s string) int { return utf8.RuneCountInString(s) * 2 / 3 },
	emphasise: func(s string) string { return "**" + s + "**" },
}
