package worksheet

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// examples computes what the file gives as examples, and reports what does not come
// out.
func (c *compiler) examples(o *strict.Object) {
	f := c.encoded.Form.In(func(key string) string { return c.words[c.languages[0]][key] })
	in, faults := form.DecodePairs(f, nil)
	if len(faults) > 0 {
		c.fieldFaults(o, "fields", faults)
		return
	}
	usual := in.Pairs()
	o.Each("examples", 0, func(e *strict.Object) {
		wanted := e.Map("wanted")
		pairs := slices.Clone(usual)
		if given := e.Map("given"); given != nil {
			for _, name := range given.Keys() {
				v := given.Value(name)
				text, _ := v.Scalar()
				i := slices.IndexFunc(pairs, func(p form.Pair) bool { return p.Name == name })
				if i < 0 {
					pairs = append(pairs, form.Pair{Name: name})
					i = len(pairs) - 1
				}
				pairs[i].Value = text
			}
		}
		in, faults := form.DecodePairs(f, pairs)
		if len(faults) > 0 {
			c.fieldFaults(e, "given", faults)
			return
		}
		result, _ := c.encoded.Compute(in)
		values := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(report.JSON(result)))
		decoder.UseNumber()
		if err := decoder.Decode(&values); err != nil {
			panic(err) // report writes JSON
		}
		if wanted == nil {
			e.Missing("wanted", "the values that must come out")
			return
		}
		for _, name := range wanted.Keys() {
			v := wanted.Value(name)
			want, _ := v.Scalar()
			got, ok := valueOf(values, name)
			if !ok {
				c.add(wanted.KeyAt(name), "there is no value "+quote(name)+diag.Suggest(name, sorted(values)), "the values are "+diag.And(sorted(values)))
				continue
			}
			if !equal(got, want) {
				c.add(v.At(), fmt.Sprintf("the example does not come out: %s is %s, not %s", name, told(got), want), "correct the example or the formula")
			}
		}
		wanted.End()
	})
}

// fieldFaults reports what a form refuses, at the value where it stands here.
func (c *compiler) fieldFaults(o *strict.Object, key string, faults []form.Fault) {
	say := report.NewWords(c.id, func(key string) string {
		if own := c.words[c.languages[0]][key]; own != "" {
			return own
		}
		return c.say(c.languages[0], key)
	}, nil)
	given := o.Map(key)
	for _, f := range faults {
		at := o.At(key)
		if given != nil && given.Has(f.Field) {
			at = given.At(f.Field)
			if f.Key == "unknown" {
				at = given.KeyAt(f.Field)
			}
		}
		c.add(at, f.Field+": "+say.Fault(f), "")
	}
}

// valueOf finds a value by its name; "group.2.column" is in the third row.
func valueOf(values map[string]any, name string) (any, bool) {
	if v, ok := values[name]; ok {
		return v, true
	}
	parts := strings.Split(name, ".")
	if len(parts) != 3 {
		return nil, false
	}
	list, _ := values[parts[0]+"."+parts[2]].([]any)
	n, err := strconv.Atoi(parts[1])
	if err != nil || n < 0 || n >= len(list) {
		return nil, false
	}
	return list[n], true
}

// equal compares a computed value with what an author writes for it.
func equal(got any, want string) bool {
	switch got := got.(type) {
	case json.Number:
		a, ok1 := new(big.Rat).SetString(got.String())
		b, ok2 := new(big.Rat).SetString(strings.TrimSuffix(strings.ReplaceAll(want, ",", ""), "%"))
		return ok1 && ok2 && a.Cmp(b) == 0
	case bool:
		return want == map[bool]string{true: "yes", false: "no"}[got] || want == strconv.FormatBool(got)
	case string:
		return got == want
	case nil:
		return want == "unknown" || want == ""
	}
	return false
}

func told(v any) string {
	switch v := v.(type) {
	case nil:
		return "unknown"
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	}
	return fmt.Sprint(v)
}
