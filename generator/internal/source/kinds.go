package source

import (
	"path"
	"strings"
)

// A guest's folder was not made to be published: beside its pages lie code,
// configuration, dumps, keys.

// isHeld reports whether a guest's text is no page by its name or that of a folder: one
// that begins with "_", but for _index.md.
func (f *File) isHeld() bool {
	return f.Kind == Markdown && !f.Title && f.underscored() || strings.HasPrefix(f.Base, ".")
}

func (f *File) underscored() bool {
	for _, d := range f.Dirs {
		if strings.HasPrefix(d.Raw, "_") {
			return true
		}
	}
	return strings.HasPrefix(f.Base, "_")
}

// media are the kinds of files that readers look at, by their extensions.
var media = set(".png .jpg .jpeg .gif .svg .webp .avif .apng .bmp .ico .mp4 .m4v .webm .mov .ogv .mp3 .m4a .ogg .oga .wav .flac .vtt .pdf .docx .xlsx .pptx .doc .xls .ppt .odt .ods .odp .epub")

// secret are the kinds of files that hold keys and passwords.
var secret = set(".pem .key .p12 .pfx .jks .keystore .kdbx .ppk .env .htpasswd .crt .gpg .asc id_rsa id_dsa id_ecdsa id_ed25519")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Media reports whether a file is of a kind that a guest's folder publishes though no
// page refers to it.
func (f *File) Media() bool { return media[strings.ToLower(path.Ext(f.Base))] && !f.underscored() }

// Secret reports whether a guest's folder never publishes the file.
func (f *File) Secret() bool {
	base := strings.ToLower(f.Base)
	return secret[path.Ext(base)] || secret[base]
}
