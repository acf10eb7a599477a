package source

import (
	"bytes"
	"path"
	"strings"
)

// A guest's folder was not made to be published: beside its pages lie code,
// configuration, dumps, keys.

// isHeld reports whether a guest's text is no page: it cannot be read, or its name or
// that of a folder says so, which begins with "_", but for _index.md; for a link that of what it leads to counts too.
func (f *File) isHeld() bool {
	return f.Kind == Markdown && (f.Hash == [32]byte{} || !f.Title && f.underscored() || hidden(f.link) || secretName(f.link)) || strings.HasPrefix(f.Base, ".")
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

// secret are the kinds of files that hold keys and passwords, by extension; secretNames
// are how their names begin.
var (
	secret      = set(".pem .key .p12 .pfx .jks .keystore .kdbx .ppk .env .htpasswd .crt .gpg .asc .tfstate .npmrc .netrc .pgpass")
	secretNames = []string{"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".env", "env.", "credentials", ".git-credentials", "secrets", "kubeconfig", "service-account", "wp-config"}
)

// privateKey stands in a file that holds one, whatever it is called.
var privateKey = []byte("PRIVATE KEY-----")

// secretName reports whether a file of that name may hold keys. A text or a picture
// about secrets does not.
func secretName(base string) bool {
	base = strings.ToLower(base)
	ext := path.Ext(base)
	if secret[ext] || secret[path.Ext(strings.TrimSuffix(base, ext))] {
		return true
	}
	for _, start := range secretNames {
		if strings.HasPrefix(base, start) {
			return ext != ".md" && !media[ext]
		}
	}
	return false
}

// hidden reports whether a name begins as those that are not published do.
func hidden(base string) bool { return strings.HasPrefix(base, "_") || strings.HasPrefix(base, ".") }

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
	return secretName(f.Base) || f.link != "" && (secretName(f.link) || hidden(f.link)) || bytes.Contains(f.Data[:min(len(f.Data), 4096)], privateKey)
}
