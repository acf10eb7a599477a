package pipelinehistory

// Lists grow by methods: every append that is written out weighs 400 bytes in
// WebAssembly.

type ints []int

func (l *ints) add(n int) { *l = append(*l, n) }

type texts []string

func (l *texts) add(s string) { *l = append(*l, s) }

type spells []spell

func (l *spells) add(days int, end uint8) { *l = append(*l, spell{days, end}) }

type milestones []*milestone

func (l *milestones) add(m *milestone) { *l = append(*l, m) }
