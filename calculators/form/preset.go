package form

// Preset is a piece of input that a page offers as a button: "From this month",
// "Spring Festival 2027". It is for pages alone; decoding knows nothing of it.
type Preset struct {
	At   string // the field or the group beside which it stands
	Key  string // its word: calc.<id>.<Key>
	Args []Arg  // of the word
	Help string // a remark: calc.<id>.<Help>; or ""

	// Pairs are set, and rows among them are added to the rows that there are.
	// The value "@month" stands for the reader's month.
	Pairs []Pair

	// From and Until name fields that hold a month or a date: the preset is
	// offered only while one of its dates lies between the two. An empty Until is
	// twelve months after From; an empty From offers it always.
	From, Until string
}
