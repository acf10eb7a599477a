package check

import (
	"fmt"

	"playbook/generator/internal/diag"
)

// shareImage: site.yaml names a picture that is there.
func shareImage(c *context) diag.List {
	s := c.site.Settings
	if s.Image == "" || c.site.Asset(s.Image) != nil {
		return nil
	}
	var names []string
	for _, f := range c.site.Assets {
		names = append(names, f.Rel)
	}
	return diag.List{{
		Pos: s.ImagePos, Rule: "missing-image", Message: fmt.Sprintf("there is no image %q", s.Image),
		Help: didYouMean(s.Image, names, "put a file of that name beside site.yaml: 1200 by 630 pixels, PNG or JPEG"),
	}}
}
