package slim
import ("testing";"os";"bytes";"fmt";"github.com/andybalholm/brotli";"compress/gzip")
func br(d []byte) int { var b bytes.Buffer; w:=brotli.NewWriterOptions(&b,brotli.WriterOptions{Quality:11,LGWin:22}); w.Write(d); w.Close(); return b.Len()}
func gz(d []byte) int { var b bytes.Buffer; w,_:=gzip.NewWriterLevel(&b,9); w.Write(d); w.Close(); return b.Len()}
func TestExp(t *testing.T) {
 for _, m := range []string{"base","allL"} {
  d,_ := os.ReadFile("/tmp/slimwork/"+m+".wasm")
  run := func(what string) { o,err := Slim(d); if err!=nil {t.Fatal(err)}; fmt.Printf("%s %-30s raw %8d gzip %7d brotli %7d\n", m, what, len(o), gz(o), br(o)); os.WriteFile("/tmp/slimwork/"+m+"-slim.wasm",o,0o666) }
  Names, Lines, Inline, Args, Unsafe, Finder, Compact, Trim = false,false,false,false,false,0,false,false
  run("nothing")
  Names=true; run("+names")
  Lines=true; run("+lines")
  Inline=true; run("+inline")
  Args=true; run("+args")
  Compact=true; run("+compact")
  Trim=true; run("+trim")
  Finder=16; run("+finder16")
  Finder=32; run("+finder32")
  Finder=64; run("+finder64")
  Unsafe=true; run("+unsafe")
 }
}
