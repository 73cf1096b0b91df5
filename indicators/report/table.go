package report

func (r *reader) table(doc Doc, i, j int) {}
