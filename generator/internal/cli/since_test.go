package cli

import "testing"

func TestSinceWithoutGit(t *testing.T) {
	t.Setenv("PATH", "")
	err := checkOut(t.Context(), t.TempDir(), "HEAD", t.TempDir())
	if want := "git is not installed; it knows the earlier revisions"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
