package indicators

// The growth of China's gross domestic product at current prices in per cent,
// year by year, from the levels that the National Bureau of Statistics
// publishes: 2001 to 2005 from the series before, 2006 to 2024 from the series
// after the revision of the fifth economic census. A year is added at the end
// when its first figure is out.
const firstGrowth = 2001

var nominalGrowth = [...]float64{
	10.6, 9.8, 12.9, 17.8, 15.7, // 2001–2005
	17.2, 23.2, 18.3, 9.3, 18.3, // 2006–2010
	18.2, 10.5, 10.3, 8.6, 7.1, // 2011–2015
	8.4, 11.3, 10.5, 7.5, 2.9, // 2016–2020
	13.4, 5.1, 4.9, 4.2, // 2021–2024
}

// NominalGrowth returns how fast China's economy has grown lately, seen from
// the end of a year: the mean growth of its gross domestic product at current
// prices over three years, as a fraction (0.08 is 8 % a year), and the first
// and the last of them. These are the three years up to the given one, or the
// last three known; from and to are 0 where fewer than three are known.
func NominalGrowth(year int) (growth float64, from, to int) {
	to = min(year, firstGrowth+len(nominalGrowth)-1)
	from = to - 2
	if from < firstGrowth {
		return 0, 0, 0
	}
	for _, g := range nominalGrowth[from-firstGrowth : to-firstGrowth+1] {
		growth += g / 300
	}
	return growth, from, to
}
