package pipelinehistory

import (
	"playbook/calculators/csv"
	"playbook/calculators/form"
)

// What a column holds. The first ones are fields of the form, by roleNames.
const (
	deal = iota
	stage
	outcome
	date
	created
	closed
	value
	roles // the number of those that the reader may name
)

const (
	dealName = roles + iota // beside a column with its id
	changed                 // which field has changed
	oldStage                // the stage before
	lostOn                  // when the deal was lost, beside a column that says when it was won
	expected                // when it is hoped to be decided
	pipeline                // one of several
	currency                // of the value
	deleted                 // whether the row is of a deleted record
	duration                // how long the stage lasted: a history
	columns
)

var roleNames = [roles]string{"deal", "stage", "outcome", "date", "created", "closed", "value"}

// Lists of what columns are called, the most telling first, as plain has it.
const (
	dealIDs   = "opportunityid|dealid|potentialid|recordid|donotmodifyopportunity|opportunitynumber|商机编号|商机id|商机编码|商机号|销售机会编号|机会编号|项目编号|id|编号"
	vagueIDs  = "recordid|id|编号" // which may be those of rows
	dealNames = "opportunityname|dealname|potentialname|opportunity|deal|topic|title|商机名称|销售机会名称|机会名称|商机主题|商机标题|商机|销售机会|项目名称|项目|单子|dealtitle|nomdelopportunite|nomdelaffaire|name|名称"
	// A stage that says by itself that the row is a change.
	newStages   = "tostage|newstage|newvalue|movedto|新阶段|变更后阶段|变更后|新值|目标阶段|zuphase|neuerwert|nouvellevaleur"
	stageNames  = "stagename|dealstage|opportunitystage|salesstage|pipelinestage|stage|pipelinephase|销售阶段|商机阶段|机会阶段|当前阶段|阶段名称|阶段|dealphase|vertriebsphase|verkaufsphase|phase|etape|etapedelopportunite|etapedelatransaction"
	fromStages  = "fromstage|oldstage|oldvalue|previousstage|原阶段|变更前阶段|变更前|旧值|vonphase|alterwert|anciennevaleur"
	outcomes    = "status|dealstatus|opportunitystatus|outcome|result|statecode|赢单状态|商机状态|成交状态|阶段状态|销售状态|商机结果|状态|结果|输赢|ergebnis|resultat|statut"
	fieldNames  = "field|fieldevent|fieldname|字段|修改字段|变更字段|feld|feldereignis|champ"
	stageFields = "stagename|stage|阶段|商机阶段|销售阶段|phase|etape"
	// When the row's stage was entered, and nothing else.
	ownDates = "dateentered|entereddate|enteredon|enteredat|entered|entrydate|stageentrydate|stageentereddate|stageentered|stagechangedate|stagechangetime|stagechangedon|changedate|changedon|changedat|changetime|editdate|" +
		"进入日期|进入时间|进入阶段时间|进入阶段日期|阶段进入时间|阶段进入日期|阶段变更时间|阶段变更日期|变更日期|变更时间|anderungsdatum|datedemodification"
	// When the row was written, which in a history is the same.
	anyDates     = "lastmodified|lastmodifieddate|lastmodifiedtime|lastmodifiedon|modifiedtime|modifieddate|modifiedon|createddate|createdtime|createdon|systemmodstamp|timestamp|date|最后修改时间|最近修改日期|最近修改时间|修改时间|修改日期|更新时间|操作时间|创建时间|日期|时间|datum|letzteanderung"
	bareDates    = "date|timestamp|日期|时间|datum"
	createdDates = "engagedate|createdate|createddate|createdtime|createdon|created|dealcreated|addtime|dateadded|opendate|opened|startdate|begindate|erstelldatum|erstelltam|erstellungsdatum|datedecreation|creele|创建日期|创建时间|立项日期|立项时间|开始日期|开始时间|报备时间|发现时间"
	closedDates  = "actualclosedate|actualclosingdate|dealclosedon|closedon|closetime|dateclosed|closeddate|closedate|closingdate|closedtime|wontime|dealwontime|wondate|enddate|schlusstermin|schlussdatum|abschlussdatum|tatsachlichesabschlussdatum|datedecloture|datedefermeture|" +
		"实际成交日期|实际成交时间|实际结束日期|实际关闭日期|实际签约日期|成交日期|成交时间|结单日期|结单时间|签约日期|签单日期|赢单时间|赢单日期|关闭日期|关闭时间|结束日期|结束时间|closed"
	wonDates        = "wontime|dealwontime|wondate|赢单时间|赢单日期"
	lostDates       = "losttime|deallosttime|lostdate|输单时间|输单日期|丢单时间|丢单日期"
	expectedDates   = "expectedclosedate|dealexpectedclosedate|estclosedate|estimatedclosedate|expectedclosingdate|forecastclosedate|预计成交日期|预计成交时间|预计签单日期|预计签约日期|预计结单日期|预计关闭日期|预计结束日期|voraussichtlichesabschlussdatum"
	values          = "actualrevenue|实际成交金额|成交金额|合同金额|amount|dealvalue|closevalue|dealamount|opportunityamount|totalamount|value|estrevenue|estimatedrevenue|estimatedvalue|商机金额|销售金额|预计销售金额|预计成交金额|预计金额|订单金额|金额|总金额|betrag|wert|volumen|montant|valeur"
	pipelineColumns = "pipeline|dealpipeline|pipelinename|salesprocess|销售流程|销售管道|业务流程|商机流程"
	currencyColumns = "currency|currencyisocode|amountcurrency|dealcurrency|currencyofvalue|currencycode|币种|货币|币别|wahrung|devise"
	deletedFlags    = "isdeleted|deleted|archived|已删除|是否删除|删除标记|生命状态"
	stageDurations  = "stageduration|stagedurationcalendardays|stagedurationbusinessdays|stagedurationdays|durationdays|duration|停留时间|停留时长|停留天数|阶段停留时间|阶段停留时长|阶段停留天数"
)

// find finds the columns of every role among keys; those taken hold something else.
// What the reader names is not looked for: "-" is none.
func (h *history) find(keys []string, taken []bool) {
	look := func(list string) int {
		for list != "" {
			var key string
			key, list = next(list)
			for i := range keys {
				if keys[i] == key && !taken[i] {
					return i
				}
			}
		}
		return -1
	}
	lists := [columns]string{dealIDs, newStages + "|" + stageNames, outcomes, ownDates + "|" + anyDates, createdDates, closedDates, values,
		dealNames, fieldNames, fromStages, lostDates, expectedDates, pipelineColumns, currencyColumns, deletedFlags, stageDurations}
	for role := range columns {
		h.col[role] = look(lists[role])
	}
	if h.col[deal] < 0 {
		h.col[deal] = h.col[dealName]
	}
	if h.col[changed] >= 0 && look(newStages) < 0 {
		h.col[changed] = -1 // a field of the business
	}
	if h.col[stage] < 0 { // a list with an outcome alone
		h.col[stage], h.col[outcome] = h.col[outcome], -1
	}
	if c := h.col[closed]; c >= 0 && !among(wonDates, keys[c]) {
		h.col[lostOn] = -1
	}
	for role := range roles {
		switch typed := h.in.Text(roleNames[role]); typed {
		case "":
		case "-":
			h.col[role] = -1
		default:
			if h.col[role] = form.Refer(h.header, typed); h.col[role] < 0 {
				h.fault(roleNames[role], "column", form.Arg{Name: "name", Value: typed})
			}
		}
	}
	if h.in.Text("stage") != "" && h.col[outcome] == h.col[stage] {
		h.col[outcome] = -1
	}
}

// key is a column's header as it is compared: without its unit or remark, and without the "Deal - " of Pipedrive.
func key(s string) string {
	if at, _ := remark(s); at > 0 {
		s = s[:at]
	}
	const prefix = "deal - "
	if len(s) > len(prefix) && form.Same(s[:len(prefix)], prefix) {
		s = s[len(prefix):]
	}
	return plain(s)
}

// head finds the record with the headers, above which there may be the lines of a
// report: the first of those that most of the columns are known of, or else the first
// with several fields. The separator is the one that splits most evenly, or, where
// hardly a column is known then, the one with which most are.
func (h *history) head() {
	known := 0
	for _, c := range []byte{0, ',', ';', '\t', '|'} {
		r := csv.New(h.text)
		if c > 0 {
			r.Comma = c
		}
		best, most := -1, 1
		for n := 0; n < 30 && r.Next(); n++ {
			if k := h.known(r.Fields); k > most {
				best, most = n, k
			} else if best < 0 && len(r.Fields) > 1 {
				best = n
			}
		}
		if most > known {
			h.above, h.comma, known = max(best, 0), r.Comma, most
		}
		if known > 2 {
			return
		}
	}
}

// reader gives a reader that has just read the headers, or nil where there are none.
func (h *history) reader() *csv.Reader {
	r := csv.New(h.text)
	r.Comma = h.comma
	for range h.above + 1 {
		if !r.Next() {
			return nil
		}
	}
	return r
}

// known counts the headers that are known, or that the reader names, among fields.
func (h *history) known(fields []string) (n int) {
	for _, s := range fields {
		s = clean(s)
		_, entered := enteredStage(s)
		if k := key(s); entered || k != "" && isColumn(k) {
			n++
		}
		for role := range roles {
			if typed := h.in.Text(roleNames[role]); typed != "" && form.Same(typed, s) {
				n += 2
			}
		}
	}
	return n
}

// isColumn reports whether a header is known.
func isColumn(key string) bool {
	for _, list := range []string{dealIDs, dealNames, newStages, stageNames, fromStages, outcomes, ownDates, anyDates, createdDates, closedDates, lostDates, expectedDates, values, pipelineColumns, currencyColumns, deletedFlags, stageDurations} {
		if among(list, key) {
			return true
		}
	}
	return false
}

// enteredStage takes the stage's name from the header of a column that says when
// it was entered: Date entered "Proposal (Pipeline)", 进入“方案”日期.
func enteredStage(s string) (string, bool) {
	const english, chinese, day, time = "date entered ", "进入", "日期", "时间"
	switch {
	case len(s) > len(english) && form.Same(s[:len(english)], english):
		s = s[len(english):]
	case len(s) > len(chinese)+len(day) && s[:len(chinese)] == chinese && (s[len(s)-len(day):] == day || s[len(s)-len(time):] == time):
		s = s[len(chinese) : len(s)-len(day)]
	default:
		return "", false
	}
	s = unquote(clean(s))
	return s, !among("currentstage|stage|阶段|当前阶段|本阶段", plain(s))
}

// splitPipeline takes the name of the pipeline, " (…)", off a stage's.
func splitPipeline(s string) (stage, pipeline string) {
	if at, inside := closing(s); at > 0 && at < len(s) {
		return trim(s[:at]), trim(inside)
	}
	return s, ""
}
