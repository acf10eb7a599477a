package render

import "playbook/generator/internal/site"

func (r *Renderer) tagsPath(lang string) string {
	return r.site.SectionPath(lang, site.TagsSection, "")
}

// tagPages are the list of the tags, and a page for each.
func (r *Renderer) tagPages(lang string) []Generated {
	if len(r.site.Tags) == 0 {
		return nil
	}
	all := []Generated{{r.tagsPath(lang), func() *Page { return r.tagsPage(lang) }}}
	for _, t := range r.site.Tags {
		all = append(all, Generated{r.site.TagAddress(lang, t.ID), func() *Page { return r.tagPage(lang, t) }})
	}
	return all
}

func (r *Renderer) tagsPage(lang string) *Page {
	d := r.newGenerated("tags", lang, r.words[lang].Get("ui.tags.title"), r.tagsPath)
	for _, t := range r.site.Tags {
		d.TagItems = append(d.TagItems, r.tagItem(t, lang, d.Root))
	}
	return d
}

func (r *Renderer) tagPage(lang string, t *site.Tag) *Page {
	path := func(l string) string { return r.site.TagAddress(l, t.ID) }
	d := r.newGenerated("tag", lang, r.tagTitle(lang, t.ID), path)
	d.TagItems = []TagItem{r.tagItem(t, lang, d.Root)}
	d.Crumbs = append(d.Crumbs, Link{Title: r.words[lang].Get("ui.tags.title"), Href: d.Site.Tags})
	return d
}

func (r *Renderer) tagItem(t *site.Tag, lang, root string) TagItem {
	item := TagItem{ID: t.ID, Title: r.tagTitle(lang, t.ID), Href: root + r.site.TagAddress(lang, t.ID)}
	for _, m := range t.Modules {
		if m.Kind == site.Lesson {
			item.Modules = append(item.Modules, r.moduleItem(m, lang, root))
		}
	}
	return item
}

func (r *Renderer) tagTitle(lang, id string) string {
	if title := r.site.Settings.TagIn(lang, id); title != "" {
		return title
	}
	return id
}
