package pipelinehistory

import (
	"strings"
	"testing"
)

// TestEnding holds what names of stages are taken for. What a name leaves open is
// asked about, not guessed.
func TestEnding(t *testing.T) {
	for want, names := range map[string]string{
		"won": "Won|Closed Won|closedwon|CLOSED WON|6 - Closed Won|Closed/Won|Closed Won (100%)|Won!|Deal Won|Is Won|Win|Won - upsell|Closed Won: renewal|" +
			"Gewonnen|Geschlossen und gewonnen|Gagné|Gagnée|Fermée / Gagnée|Ganada|Vinto|(Won)|" +
			"赢单|已赢单|赢单（100%）|7.赢单|07-赢单|【赢单】|赢单100%|成交|已成交|中标|已中标|已签单|已签约|合同已签|签约成功|赢单阶段|赢单商机|赢单-签约成功",
		"weak": "签约|签单|签合同|合同签订|成功|Signed|Contract signed|Vertrag unterschrieben",
		"lost": "Lost|Closed Lost|closedlost|Closed - Lost|Closed Lost to competitor|Lost: price|Dead|Disqualified|Cancelled|No Decision|Closed - No Decision|Closed Lost / no decision|" +
			"Verloren|Perdu|Perdue|Annulée|Perdida|Abgelehnt|" +
			"输单|已输单|丢单|失败|流标|未中标|不成功|无效|已放弃|已取消|输单（价格）|8、输单|战败|无效商机|商机流失",
		"open": "Prospecting|Proposal|Verbal Win|Win Plan Agreed|Negotiation|Open|On Hold|Contract|Closing|Winter campaign|Bowin|Wonderful|Offen|Unsigned draft|" +
			"待签约|谈判签约中|签约中|商务谈判（赢率60%）|商务谈判（赢单率60%）|方案报价|合同审批|投标中|进行中|初步接洽|需求确定|合同|赢率80%|即将成交|待成交|拟签约|预计成交",
		"unsure": "Not Won|Nicht gewonnen|Won by competitor|Win/Loss review|Closed|Geschlossen|Customer won back|Won Lost|Never lost|" +
			"未成交|未赢单|未签约|已关闭|结束|赢单后交付|成交客户回访|输单原因分析",
	} {
		for _, name := range strings.Split(names, "|") {
			end, weak := ending(name)
			got := []string{"open", "won", "lost", "unsure"}[end]
			if weak {
				got = "weak"
			}
			if got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
	}
}
