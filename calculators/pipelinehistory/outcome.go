package pipelinehistory

// What ends a deal, and what may or may not: unsure is asked about.
const (
	open uint8 = iota
	won
	lost
	unsure
)

// Words of outcomes, as fold has them. Chinese ones stand for whole names, after
// what numbers and decorates them is taken off; in other languages a name is taken
// apart into words.
const (
	wonHan  = "赢单|赢|胜单|胜出|成交|中标|成单|赢得|签约成功|成功签约|成交签约|签约成交|签单成功|成功结单|成功关闭|赢单关闭|关闭赢单|赢单结束|赢单签约|签约赢单|已签约|已签单|已签合同|已签订合同|合同已签|合同已签订|已成功|成功成交"
	weakHan = "签约|签单|签合同|签署合同|签订合同|合同签订|合同签署|合同签约|成功"
	lostHan = "输单|输|丢单|失单|失败|流失|流标|失标|落标|废标|未中标|不成功|丢失|败单|战败|无效|放弃|取消|作废|终止|输单关闭|关闭输单|丢单关闭|失败关闭|关闭失败|输单结束|客户流失|失效"
	// Neither one nor the other by itself: not yet, or not at all?
	unsureHan = "未成交|未赢单|未签约|未签单|未成单|未成功|没成交|没签约|关闭|结束|结单|完成|完结|结案"
	// What is under way.
	openHan = "待|拟|准备|即将|预计|谈判|审批|推进|跟进|洽谈|评审|投标|报价|进行|开放|打开|新建|有望"

	wonLatin  = "won|win|wins|closedwon|closewon|gewonnen|gagne|gagnee|ganado|ganada|vinto|vinta|ganho|ganha"
	weakLatin = "signed|unterschrieben|signe|signee|firmado|firmato"
	lostLatin = "lost|lose|loss|closedlost|closelost|dead|disqualified|abandoned|cancelled|canceled|cancel|rejected|declined|verloren|storniert|abgebrochen|abgelehnt|" +
		"perdu|perdue|annule|annulee|abandonne|abandonnee|refuse|refusee|perdido|perdida|cancelado|cancelada|perso|persa"
	negations   = "not|no|never|non|nicht|kein|keine|pas|sin|nao|by|against"
	openLatin   = "verbal|verbally|plan|planned|pending|likely|expected|probable|probably|forecast|strategy|mundlich|open|offen"
	fillers     = "closed|close|deal|opportunity|opp|stage|status|state|is|the|and|und|et|als|abgeschlossen|geschlossen|ferme|fermee|cloture|cloturee|cerrado|cerrada|chiuso|chiusa|fechado|fechada|affaire|pipeline|verkaufschance"
	justClosed  = "closed|close|abgeschlossen|geschlossen|ferme|fermee|cloture|cloturee|cerrado|cerrada|chiuso|chiusa|fechado|fechada|done|finished|complete|completed"
	noDecisions = "no decision|no bid|keine entscheidung|sans decision|sin decision"
)

// ending tells what a stage's name says; weak: only where nothing else says so.
func ending(name string) (end uint8, weak bool) {
	for at, _ := closing(name); at < len(name); at, _ = closing(name) {
		if at == 0 {
			_, name = closing(name) // (Won)
			break
		}
		name = trim(name[:at]) // Negotiation (60 %)
	}
	all := words(name)
	han, latins := "", texts{}
	for _, w := range all {
		if w[0] < 0x80 {
			latins.add(w)
		} else {
			han += w
		}
	}
	if han == "" {
		return latinEnding(latins)
	}
	return hanEnding(all)
}

// hanEnding tells of a name by its Chinese parts: all that say something must say
// the same.
func hanEnding(parts []string) (end uint8, weak bool) {
	whole := ""
	for _, p := range parts {
		if p[0] >= 0x80 {
			whole += p
		}
	}
	if end, weak := hanPart(whole); end != unsure {
		return end, weak
	}
	end = unsure
	for _, p := range parts {
		if p[0] < 0x80 {
			continue
		}
		switch e, _ := hanPart(p); {
		case e == unsure || e == open && holds(p, openHan):
			return unsure, false
		case e != open && end != unsure && e != end:
			return unsure, false
		case e != open:
			end = e
		}
	}
	return end, false
}

// hanPart tells of one part.
func hanPart(s string) (end uint8, weak bool) {
	for _, word := range []string{"赢单率", "赢率", "阶段", "状态", "商机", "项目", "订单", "机会"} {
		s = without(s, word)
	}
	bare := s
	if len(bare) > 3 && bare[:3] == "已" {
		bare = bare[3:]
	}
	switch {
	case among(wonHan, s) || among(wonHan, bare):
		return won, false
	case among(lostHan, s) || among(lostHan, bare):
		return lost, false
	case among(weakHan, s):
		return won, true
	case among(unsureHan, s) || among(unsureHan, bare):
		return unsure, false
	case holds(s, openHan) || len(s) > 3 && s[len(s)-3:] == "中":
		return open, false
	case holds(s, "赢|胜|成交|中标|签约|签单|输|丢单|失败|流失|流标|成功|无效|放弃|取消|作废"):
		return unsure, false
	}
	return open, false
}

// without leaves a word out of a text.
func without(s, word string) string {
	for i := 0; i+len(word) <= len(s); i++ {
		if s[i:i+len(word)] == word {
			s = s[:i] + s[i+len(word):]
			i--
		}
	}
	return s
}

// latinEnding tells of a name by its words.
func latinEnding(all []string) (end uint8, weak bool) {
	first := uint8(open) // of the first word that is no filler
	begun, sides := false, uint8(0)
	others, negated, underWay, closed, isWeak, verb := 0, false, false, false, false, false
	line := ""
	for _, w := range all {
		if line != "" {
			line += " "
		}
		line += w
		e := uint8(open)
		switch {
		case among(wonLatin, w):
			e = won
		case among(lostLatin, w):
			e = lost
		case among(weakLatin, w):
			isWeak = true
			continue
		case among(negations, w):
			negated = true
		case among(openLatin, w):
			underWay = true
		case among(justClosed, w):
			closed = true
			continue
		case among(fillers, w):
			continue
		default:
			others++
		}
		if e > open {
			sides |= e
			verb = verb || among("win|wins|lose|loss|dead|cancel", w)
		}
		if !begun {
			first, begun = e, true
		}
	}
	switch {
	case holds(line, noDecisions) && sides != won:
		return lost, false
	case sides == 0 && isWeak:
		if negated || underWay || others > 0 && !among("contract|vertrag|contrat|order|auftrag", all[0]) {
			return open, false
		}
		return won, true
	case sides == 0 && closed && others == 0 && !underWay:
		return unsure, false
	case sides == 0:
		return open, false
	case sides == won|lost || negated:
		return unsure, false
	case underWay:
		return open, false
	case others == 0:
		return sides, false
	case first == sides && !verb: // Closed Lost to a competitor, Won: renewal
		return sides, false
	}
	return unsure, false
}
