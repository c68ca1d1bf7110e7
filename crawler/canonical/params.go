package canonical

import "strings"

// usualParams are query parameters that never choose a page: what advertisers, newsletters and
// counters add, a visitor's session, the print view, the reply form. Same notation as Rules.DropParams.
var usualParams = []string{
	"utm_*", "mtm_*", "matomo_*", "pk_*", "piwik_*", "wt_mc", "wt.mc_id", "_ga", "_gl", "s_cid", "mkt_tok",
	"fbclid", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "igsh", "igshid",
	"gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "li_fat_id",
	"mc_*", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking", "vero_id", "oly_anon_id", "oly_enc_id",
	"phpsessid", "jsessionid", "aspsessionid*", "sid", "sessionid", "session_id", "cfid", "cftoken", "zenid", "oscsid",
	"print", "for=print", "view=print", "format=print", "printable=yes", "printversion", "no_cache",
	"replytocom", "share=facebook", "share=twitter", "share=linkedin", "share=email",
}

// cleanQuery drops the parameters that do not choose the page and keeps the order of the others, since a
// server may read meaning into it.
func (r *Rules) cleanQuery(query string) (kept string, dropped []string) {
	if query == "" {
		return "", nil
	}
	var b strings.Builder
	for param := range strings.SplitSeq(query, "&") {
		if param == "" {
			continue
		}
		if r.drops(param) {
			dropped = append(dropped, param)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(cleanEscapes(param, false))
	}
	return b.String(), dropped
}

func (r *Rules) drops(param string) bool {
	name, value, _ := strings.Cut(param, "=")
	// "&amp;" that was escaped once too often leaves its tail before the name.
	name = strings.TrimPrefix(strings.ToLower(decode(name)), "amp;")
	value = strings.ToLower(decode(value))
	if anyParam(r.DropParams, name, value) {
		return true
	}
	return anyParam(usualParams, name, value) && !anyParam(r.KeepParams, name, value)
}

func anyParam(patterns []string, name, value string) bool {
	for _, pattern := range patterns {
		if fitsParam(strings.TrimPrefix(pattern, "?"), name, value) {
			return true
		}
	}
	return false
}

// fitsParam compares one pattern with a parameter in lower case.
func fitsParam(pattern, name, value string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
	}
	wantName, wantValue, _ := strings.Cut(pattern, "=")
	// "b=" is how people write the name alone.
	return strings.EqualFold(name, wantName) && (wantValue == "" || strings.EqualFold(value, wantValue))
}
